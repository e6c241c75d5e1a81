import { randomBytes } from 'node:crypto';
import pg from 'pg';

const BATCH = 1000;
/** Have to be made for each tenant; or say what happened and not what is. */
const NOT_COPIED = new Set(['tenant_data_keys', 'signing_keys', 'audit_events']);

/**
 * Makes a tenant many, by SQL: 100,000 of them through the management API would take a quarter of an hour. Every row of
 * the model is copied under another tenant's id, whatever the tables are; keys are sealed for each tenant as the
 * platform seals them. All have the model's client secret, and one and the same pair of keys: only what a process keeps
 * and fetches is measured, and that is as much for equal keys as for different ones.
 * @param superuserUrl of the platform's database
 */
export async function seedTenants(superuserUrl, { model, slugOf, count, masterKey }) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    // No triggers: nobody listens yet, and foreign keys hold because they hold for the model.
    await client.query('SET session_replication_role = replica');
    const [{ id: modelId }] = (await client.query('SELECT id FROM tenants WHERE slug = $1', [model])).rows;
    const tables = await tablesOfTenants(client);
    const keys = await makeKeys();
    for (let from = 1; from < count; from += BATCH) {
      const slugs = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => slugOf(from + index));
      await client.query('BEGIN');
      const ids = await copyTenants(client, modelId, slugs);
      for (const table of tables) await copyRows(client, table, modelId, ids);
      await insertKeys(client, ids, { masterKey, keys });
      await client.query('COMMIT');
    }
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

/** Tables with a tenant's rows, with the columns that can be written. Partitions are reached by their parent. */
async function tablesOfTenants(client) {
  const { rows } = await client.query(`
    SELECT c.relname AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.oid HAVING bool_or(a.attname = 'tenant_id') ORDER BY c.relname`);
  return rows.filter(({ name }) => !NOT_COPIED.has(name));
}

async function copyTenants(client, modelId, slugs) {
  const { rows: written } = await client.query(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
      WHERE attrelid = 'tenants'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  const columns = written.map(({ name }) => name).join(', ');
  const values = written.map(({ name }) => `copy.${name}`).join(', ');
  const { rows } = await client.query(
    `INSERT INTO tenants (${columns}) SELECT ${values} FROM tenants model, unnest($2::text[]) AS new_slug,
       jsonb_populate_record(model, jsonb_build_object('id', gen_random_uuid(), 'slug', new_slug)) AS copy
      WHERE model.id = $1 RETURNING id`,
    [modelId, slugs],
  );
  return rows.map(({ id }) => id);
}

async function copyRows(client, { name, columns }, modelId, ids) {
  const values = columns.map((column) => (column === 'tenant_id' ? 'new_tenant' : `model.${column}`));
  await client.query(
    `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${values.join(', ')}
       FROM ${name} model, unnest($2::uuid[]) AS new_tenant WHERE model.tenant_id = $1`,
    [modelId, ids],
  );
}

async function makeKeys() {
  const { SIGNING_ALGORITHMS } = await import('../dist/src/keys/signing-algorithm.js');
  return Promise.all([SIGNING_ALGORITHMS.ES256.generate(), SIGNING_ALGORITHMS.ES256.generate()]);
}

/** One key that signs, and one that waits. */
async function insertKeys(client, ids, { masterKey, keys }) {
  const { MasterKeyWrapper } = await import('../dist/src/keys/master-key-wrapper.js');
  const { PRIVATE_KEY_CONTEXT } = await import('../dist/src/keys/key-provision.js');
  const { seal } = await import('../dist/src/crypto/envelope.js');
  const wrapper = new MasterKeyWrapper({ masterKey });
  const tenants = await Promise.all(
    ids.map(async (id) => {
      const dataKey = randomBytes(32);
      const sealed = keys.map(({ privateKey }) => seal(dataKey, privateKey, `${PRIVATE_KEY_CONTEXT}:${id}`));
      return { wrapped: await wrapper.wrap(id, dataKey), sealed };
    }),
  );
  await client.query(
    'INSERT INTO tenant_data_keys (tenant_id, wrapped_key) SELECT * FROM unnest($1::uuid[], $2::bytea[])',
    [ids, tenants.map(({ wrapped }) => wrapped)],
  );
  for (const [index, { kid, publicJwk }] of keys.entries()) {
    await client.query(
      `INSERT INTO signing_keys (tenant_id, kid, alg, public_jwk, private_key, published_at, signs_from)
       SELECT id, $3, 'ES256', $4, sealed, now(), CASE WHEN $5 THEN now() END
         FROM unnest($1::uuid[], $2::bytea[]) AS each(id, sealed)`,
      [ids, tenants.map(({ sealed }) => sealed[index]), kid, publicJwk, index === 0],
    );
  }
}
