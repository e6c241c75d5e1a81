import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { SYSTEM_TENANT_SLUG, type TenantId } from '../database/tenant-id.js';
import {
  COUNTED_RESOURCES,
  type CountedResource,
  NO_QUOTAS,
  type RateName,
  type RateQuota,
  type TenantQuotas,
} from './tenant-quotas.js';
import { type LeaseAnswer, burstOf, perSecondOf } from './leaky-bucket.js';

/** What is out at the beginning of the statement: no more than an empty bucket has out, whatever the limit was before. */
const LEVEL = `least($5::float8, greatest(0, r.level - $6::float8 -
  greatest(0, extract(epoch FROM statement_timestamp() - r.at)) * $4::float8))`;

/** As much as there is of what is asked for; a millionth is the error of the clock's arithmetic. */
const GRANTED = `least($3::int, floor($5::float8 - ${LEVEL} + 1e-6)::int)`;

/**
 * Takes units from the bucket that all processes share. While it is in use its row is updated in place: `expires_at`,
 * which is indexed, changes once an hour.
 */
const lease = statement(
  'tenant_rates.lease',
  `INSERT INTO tenant_rates AS r (tenant_id, rate, level, at, granted, expires_at)
   VALUES ($1, $2, least($3::int, $5::float8), statement_timestamp(), least($3::int, floor($5::float8)::int),
           statement_timestamp() + interval '2 hours')
   ON CONFLICT (tenant_id, rate) DO UPDATE
      SET level = ${LEVEL} + ${GRANTED},
          at = greatest(r.at, statement_timestamp()),
          granted = ${GRANTED},
          expires_at = CASE WHEN r.expires_at < statement_timestamp() + interval '1 hour'
                            THEN statement_timestamp() + interval '2 hours' ELSE r.expires_at END
   RETURNING r.granted, greatest(0, (r.level + 1 - $5::float8) / $4::float8)::float8 AS "waitSeconds"`,
);

const findDefaults = statement('tenants.find_default_quotas', 'SELECT quotas FROM tenants WHERE slug = $1');

const readUsage = statement(
  'tenant_usage.find',
  'SELECT resource, sum(used)::int AS used FROM tenant_usage WHERE tenant_id = $1 GROUP BY resource',
);

const readRates = statement(
  'tenant_rates.find',
  `SELECT rate, level, greatest(0, extract(epoch FROM statement_timestamp() - at))::float8 AS "secondsAgo"
     FROM tenant_rates WHERE tenant_id = $1`,
);

/** Units of a rate that were out some seconds ago. */
export interface RateLevel {
  readonly level: number;
  readonly secondsAgo: number;
}

export interface TenantUsage {
  readonly counted: Readonly<Record<CountedResource, number>>;
  readonly rates: ReadonlyMap<string, RateLevel>;
}

/** What tenants use of their limits, as all processes see it. */
@Injectable()
export class TenantRatesRepository {
  constructor(private readonly database: Database) {}

  /** @param givenBack units of an earlier lease that were not used */
  async lease(
    tenantId: TenantId,
    rate: RateName,
    quota: RateQuota,
    { asked, givenBack }: { readonly asked: number; readonly givenBack: number },
  ): Promise<LeaseAnswer> {
    const values = [tenantId, rate, asked, perSecondOf(quota), burstOf(quota), givenBack];
    const [row] = await this.database.query<{ granted: number; waitSeconds: number }>(tenantId, lease, values);
    if (!row) throw new Error('A lease returned no row.');
    return row;
  }

  /** The limits of tenants that have none of their own: those in the row of tenant `system`. */
  async findDefaults(): Promise<TenantQuotas> {
    const slug = SYSTEM_TENANT_SLUG;
    const [row] = await this.database.platformQuery<{ quotas: TenantQuotas }>(findDefaults, [slug]);
    return row?.quotas ?? NO_QUOTAS;
  }

  async findUsage(tenantId: TenantId): Promise<TenantUsage> {
    const [counted, rates] = await this.database.pipeline(tenantId, (transaction) =>
      Promise.all([
        transaction.query<{ resource: CountedResource; used: number }>(readUsage, [tenantId]),
        transaction.query<RateLevel & { rate: string }>(readRates, [tenantId]),
      ]),
    );
    const usedOf = (name: CountedResource) => counted.find(({ resource }) => resource === name)?.used ?? 0;
    return {
      counted: Object.fromEntries(COUNTED_RESOURCES.map((name) => [name, usedOf(name)])) as TenantUsage['counted'],
      rates: new Map(rates.map(({ rate, ...level }) => [rate, level])),
    };
  }
}
