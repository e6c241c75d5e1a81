import { describe, it } from '@jest/globals';
import { play } from './scenario.js';

/** A migration that this program does not know. */
const NEWER = `INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`;
const COMPATIBLE_FROM = `INSERT INTO platform_settings (name, value) VALUES ('schema_compatible_from', to_jsonb($1::bigint))
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
const EX_CONFIG = 78;

describe('Two versions side by side', () => {
  it('share a schema that fits both, and the older one starts on no other', async () => {
    await play('two versions side by side (simulated by the schema’s record)', {}, async (stage) => {
      const { database, platform, load, recovered, problem } = stage;
      await database.query(COMPATIBLE_FROM, [1]);
      await database.query(NEWER);
      const beside = await platform.startBeside();
      if ('code' in beside) problem(`refused a schema that fits: ${beside.errors}`);
      else {
        await load.flow(100);
        await beside.stop();
      }

      await database.query(COMPATIBLE_FROM, [9_999_999_999_999]);
      const late = await platform.startBeside();
      if (!('code' in late)) {
        problem('started on a schema that does not fit');
        await late.stop();
      } else if (late.code !== EX_CONFIG) problem(`ended with code ${late.code} on a schema that does not fit`);
      // Who serves already goes on: the newer version would not have declared it otherwise.
      recovered();
      await load.flow(100);
    });
  });
});
