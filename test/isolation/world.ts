import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../src/database/database.js';
import type { Transaction } from '../../src/database/statement.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import { AccessGrantUpkeep } from '../../src/maintenance/access-grant-upkeep.js';
import { AccountUpkeep } from '../../src/maintenance/account-upkeep.js';
import { DomainProofUpkeep } from '../../src/maintenance/domain-proof-upkeep.js';
import { DomainUpkeep } from '../../src/maintenance/domain-upkeep.js';
import type { PeriodicUpkeep } from '../../src/maintenance/periodic-upkeep.js';
import { TenantUpkeep } from '../../src/maintenance/tenant-upkeep.js';
import { fingerprint } from '../../src/recovery/recovery-account.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import type { Challenge } from '../../src/verification/verification.js';
import { Verifications } from '../../src/verification/verifications.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { clientCredentials, createTenant, getCode, getTokens, type TenantFixture } from '../support/tenant-fixture.js';

const UPKEEPS = [AccessGrantUpkeep, AccountUpkeep, DomainProofUpkeep, DomainUpkeep, TenantUpkeep];

/** Two tenants with the same names in them, and what a case needs to look at acme's rows. */
export class World {
  private constructor(
    readonly platform: Platform,
    readonly acme: TenantFixture,
    readonly globex: TenantFixture,
    private readonly tables: readonly string[],
  ) {}

  static async create(): Promise<World> {
    const platform = await startPlatform();
    // What they do once a minute would change rows of acme while a case looks at them.
    for (const type of UPKEEPS) await platform.application.nest.get<PeriodicUpkeep>(type).onApplicationShutdown();
    const acme = await createTenant(platform, 'acme');
    const globex = await createTenant(platform, 'globex');
    const tables = await platform.database.query<{ table_name: string }>(
      // The log and its partitions are written in the background.
      `SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name !~ '^(audit_|daily_usage$)' ORDER BY 1`,
    );
    return new World(
      platform,
      acme,
      globex,
      tables.map(({ table_name }) => table_name),
    );
  }

  get acmeId(): TenantId {
    return toTenantId(this.acme.id);
  }

  get globexId(): TenantId {
    return toTenantId(this.globex.id);
  }

  /** A user of acme's for one case alone. */
  newUser(): Promise<{ id: string; username: string }> {
    return this.platform.operator.create('/tenants/acme/users', { username: `user-${randomUUID()}` });
  }

  repository<Repository>(type: Type<Repository>): Repository {
    return this.platform.application.nest.get(type);
  }

  private get database(): Database {
    return this.platform.application.nest.get(Database);
  }

  transaction<Result>(tenantId: TenantId, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction(tenantId, work);
  }

  entities<Result>(
    tenantId: TenantId,
    work: (manager: EntityManager, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.database.entities(tenantId, work);
  }

  /** What is left is what the statements themselves ask for. */
  async disableRowLevelSecurity(): Promise<void> {
    for (const table of this.tables) {
      await this.platform.database.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
    for (const table of ['audit_events', 'audit_chains', 'audit_links', 'audit_checkpoints', 'daily_usage']) {
      await this.platform.database.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }

  /** Everything acme has, as text. */
  async rowsOfAcme(): Promise<string> {
    const text = this.tables.map(
      (table) =>
        `SELECT '${table}', coalesce(jsonb_agg(t ORDER BY t::text), '[]')::text FROM ${table} t WHERE tenant_id = $1`,
    );
    text.push("SELECT 'tenants', to_jsonb(t)::text FROM tenants t WHERE id = $1");
    return JSON.stringify(await this.platform.database.query(text.join(' UNION ALL '), [this.acme.id]));
  }

  /** The newest row of acme in a table. */
  async newest<Row extends object>(table: string, order = 'created_at'): Promise<Row> {
    const text = `SELECT * FROM ${table} WHERE tenant_id = $1 ORDER BY ${order} DESC LIMIT 1`;
    const [row] = await this.platform.database.query<Row>(text, [this.acme.id]);
    if (!row) throw new Error(`acme has no row in ${table}.`);
    return row;
  }

  /** A code of acme's that nobody has used yet. */
  async code(): Promise<{ code: string; verifier: string; digest: Buffer; grantId: string }> {
    const { code, verifier } = await getCode(this.acme.issuer, {});
    const row = await this.newest<{ digest: Buffer; grant_id: string }>('authorization_codes', 'expires_at');
    return { code, verifier, digest: row.digest, grantId: row.grant_id };
  }

  /** Tokens of acme's, with a refresh token. */
  async tokens() {
    const tokens = await getTokens(this.acme, { scope: 'openid offline_access orders:read', prompt: 'consent' });
    const { digest, grant_id } = await this.newest<{ digest: Buffer; grant_id: string }>('refresh_tokens');
    return { tokens, digest, grantId: grant_id };
  }

  /** A link and a code with which alice of acme, who forgot the password, would choose another. */
  async passwordReset(browserSecret: string): Promise<Challenge> {
    const text = 'SELECT password_hash FROM users WHERE id = $1';
    const [alice] = await this.platform.database.query<{ password_hash: string }>(text, [this.acme.aliceId]);
    const asked = {
      purpose: 'reset_password',
      address: 'alice@acme.test',
      userId: this.acme.aliceId,
      browser: { secret: browserSecret },
      data: { password: fingerprint(alice?.password_hash ?? '') },
      lifetimeSeconds: 600,
    } as const;
    const tenant = { id: this.acmeId } as Tenant;
    return this.transaction(this.acmeId, (transaction) =>
      this.platform.application.nest.get(Verifications).begin(tenant, asked, transaction),
    );
  }

  /** An opaque access token of acme's. */
  async opaqueToken(): Promise<{ token: string; digest: Buffer }> {
    const answer = await clientCredentials(this.acme, { scope: 'stock:read' });
    const { digest } = await this.newest<{ digest: Buffer }>('access_tokens');
    return { token: answer.json<{ access_token: string }>().access_token, digest };
  }
}
