/**
 * A process that owns an embedded PostgreSQL: `node embedded-postgres.fixture.mjs <module> <options as JSON>`. It prints
 * one line of JSON, `{ url, adopted }` or `{ error }`, and then obeys the words on its standard input.
 */
import { createInterface } from 'node:readline';

const [, , module, options] = process.argv;
const { startEmbeddedPostgres } = await import(module);

try {
  const postgres = await startEmbeddedPostgres(JSON.parse(options));
  process.stdout.write(`${JSON.stringify({ url: postgres.url, adopted: postgres.adopted })}\n`);
  for await (const word of createInterface({ input: process.stdin })) {
    if (word === 'exit') process.exit(0);
    if (word !== 'stop') continue;
    await postgres.stop();
    await postgres.stop();
    break;
  }
  process.stdin.destroy();
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: `${error.name}: ${error.message}` })}\n`);
  process.exitCode = 1;
}
