import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each table with what its triggers are told: its name, the column of the tenant, and that of the key. */
const ANNOUNCED = [
  ['tenants', 'id', 'slug'],
  ['tenant_data_keys', 'tenant_id', 'tenant_id'],
  ['signing_keys', 'tenant_id', 'alg'],
  ['clients', 'tenant_id', 'client_id'],
  ['client_secrets', 'tenant_id', 'client_id'],
  ['apis', 'tenant_id', 'identifier'],
] as const;

/**
 * Triggers are told the name of their table: where it is partitioned, the name that they see themselves is that of the
 * partition, which no cache listens to. The tenants' data keys are announced too, and a changed key under its old name
 * as well as under the new one. What is sent has the same form as before, so older processes understand it.
 */
export class AnnounceChangesByName1764210000000 implements MigrationInterface {
  readonly name = 'AnnounceChangesByName1764210000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NOTIFY_CHANGE);
    for (const [table, tenant, key] of ANNOUNCED) {
      await runner.query(`
        DROP TRIGGER IF EXISTS notify ON ${table};
        CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION notify_change('${table}', '${tenant}', '${key}')`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** PostgreSQL sends equal announcements of one transaction once. */
const NOTIFY_CHANGE = `
  CREATE OR REPLACE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    version jsonb;
  BEGIN
    FOREACH version IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
      CONTINUE WHEN version IS NULL;
      PERFORM pg_notify('tenantry_changes',
        TG_ARGV[0] || ':' || (version ->> TG_ARGV[1]) || ':' || (version ->> TG_ARGV[2]));
    END LOOP;
    RETURN NULL;
  END $$`;
