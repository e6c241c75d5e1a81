import pg from 'pg';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS payloads (
    kind text NOT NULL, id text NOT NULL, payload jsonb NOT NULL, grant_id text, user_code text, uid text,
    expires_at timestamptz, consumed_at timestamptz, PRIMARY KEY (kind, id));
  CREATE INDEX IF NOT EXISTS payloads_by_grant ON payloads (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS payloads_by_uid ON payloads (kind, uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS payloads_by_user_code ON payloads (kind, user_code) WHERE user_code IS NOT NULL`;
const COLUMNS = `payload || CASE WHEN consumed_at IS NULL THEN '{}'::jsonb
  ELSE jsonb_build_object('consumed', extract(epoch FROM consumed_at)::bigint) END AS payload`;
const ALIVE = '(expires_at IS NULL OR expires_at > now())';

/** oidc-provider's adapter on one table, with prepared statements: the way its documentation proposes. */
export async function postgresAdapter(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 10 });
  await pool.query(SCHEMA);
  const query = async (name, text, values) => (await pool.query({ name, text, values })).rows;

  return class PostgresAdapter {
    constructor(kind) {
      this.kind = kind;
    }

    async upsert(id, payload, expiresIn) {
      await query(
        'upsert',
        `INSERT INTO payloads (kind, id, payload, grant_id, user_code, uid, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
         ON CONFLICT (kind, id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at,
           grant_id = excluded.grant_id, user_code = excluded.user_code, uid = excluded.uid`,
        [this.kind, id, payload, payload.grantId, payload.userCode, payload.uid, expiresIn ?? null],
      );
    }

    async find(id) {
      const text = `SELECT ${COLUMNS} FROM payloads WHERE kind = $1 AND id = $2 AND ${ALIVE}`;
      return (await query('find', text, [this.kind, id]))[0]?.payload;
    }

    async findByUid(uid) {
      const text = `SELECT ${COLUMNS} FROM payloads WHERE kind = $1 AND uid = $2 AND ${ALIVE}`;
      return (await query('find_by_uid', text, [this.kind, uid]))[0]?.payload;
    }

    async findByUserCode(userCode) {
      const text = `SELECT ${COLUMNS} FROM payloads WHERE kind = $1 AND user_code = $2 AND ${ALIVE}`;
      return (await query('find_by_user_code', text, [this.kind, userCode]))[0]?.payload;
    }

    async consume(id) {
      await query('consume', 'UPDATE payloads SET consumed_at = now() WHERE kind = $1 AND id = $2', [this.kind, id]);
    }

    async destroy(id) {
      await query('destroy', 'DELETE FROM payloads WHERE kind = $1 AND id = $2', [this.kind, id]);
    }

    async revokeByGrantId(grantId) {
      await query('revoke', 'DELETE FROM payloads WHERE grant_id = $1', [grantId]);
    }
  };
}
