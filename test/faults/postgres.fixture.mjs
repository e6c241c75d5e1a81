import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';

/**
 * Keeps a PostgreSQL server for a scenario, outside of Jest's realm, where system errors are no `Error`. Takes the
 * options of `startEmbeddedPostgres` as JSON, tells the URL, and stops the server when its parent says so or is gone.
 */
const server = await startEmbeddedPostgres(JSON.parse(process.argv[2] ?? '{}'));
process.once('disconnect', () => void server.stop());
process.send?.(server.url);
