import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The counter of what a tenant has becomes a sum of parts, so that nobody waits for it. A transaction adds to a part that
 * no other one has locked, or makes another part, so there are as many as were ever written at once. Where there is a
 * limit, transactions follow each other from here to their commit, so of two that want the last place one is refused.
 */
export class CountInParts1767700000000 implements MigrationInterface {
  readonly name = 'CountInParts1767700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PARTS);
    await runner.query(COUNT);
    await runner.query('REVOKE ALL ON FUNCTION add_to_usage(uuid, text, bigint) FROM PUBLIC');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** A part may be negative: who deletes a row need not find the part that counted it. */
const PARTS = `
  ALTER TABLE tenant_usage ADD COLUMN part uuid NOT NULL DEFAULT gen_random_uuid();
  ALTER TABLE tenant_usage DROP CONSTRAINT tenant_usage_pkey;
  ALTER TABLE tenant_usage ADD PRIMARY KEY (tenant_id, resource, part);`;

/** Once for each statement, however many rows it has. A tenant that is being deleted may have lost its parts already. */
const COUNT = `
  CREATE FUNCTION add_to_usage(tenant uuid, counted text, number bigint) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    UPDATE tenant_usage SET used = used + number
     WHERE (tenant_id, resource, part) = (SELECT tenant_id, resource, part FROM tenant_usage
                                           WHERE tenant_id = tenant AND resource = counted
                                           LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
      INSERT INTO tenant_usage (tenant_id, resource, used) SELECT id, counted, number FROM tenants WHERE id = tenant;
    END IF;
  END $$;

  CREATE OR REPLACE FUNCTION count_new_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    counted record;
    now_used bigint;
    allowed bigint;
  BEGIN
    FOR counted IN SELECT tenant_id, count(*) AS number FROM new_rows GROUP BY tenant_id ORDER BY tenant_id LOOP
      PERFORM add_to_usage(counted.tenant_id, TG_TABLE_NAME, counted.number);
      allowed := quota_of(counted.tenant_id, TG_TABLE_NAME);
      IF allowed IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME || counted.tenant_id, 0));
        SELECT sum(used) INTO now_used FROM tenant_usage
         WHERE tenant_id = counted.tenant_id AND resource = TG_TABLE_NAME;
        IF now_used > allowed THEN
          RAISE EXCEPTION 'The tenant may have % %.', allowed, TG_TABLE_NAME
            USING ERRCODE = 'TQ001',
                  DETAIL = json_build_object('quota', TG_TABLE_NAME, 'limit', allowed, 'used', now_used - counted.number);
        END IF;
      END IF;
    END LOOP;
    RETURN NULL;
  END $$;

  CREATE OR REPLACE FUNCTION count_deleted_rows() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM add_to_usage(counted.tenant_id, TG_TABLE_NAME, -counted.number)
       FROM (SELECT tenant_id, count(*) AS number FROM old_rows GROUP BY tenant_id) counted;
    RETURN NULL;
  END $$;`;
