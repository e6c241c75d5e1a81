import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ClientFacts, ReadinessFacts } from './readiness.js';

/** The client of the command line is no application. */
const find = statement(
  'readiness.find',
  `SELECT EXISTS (SELECT FROM users WHERE tenant_id = $1 AND tenant_admin AND enabled) AS administrators,
          EXISTS (SELECT FROM invitations WHERE tenant_id = $1 AND (tenant_admin OR 'owner' = ANY (roles)) AND accepted_at IS NULL
                     AND withdrawn_at IS NULL AND expires_at > now()) AS invited,
          ARRAY(SELECT jsonb_build_object('clientId', client_id, 'redirectUris', redirect_uris,
                                          'redirects', cardinality(response_types) > 0, 'grantTypes', grant_types)
                  FROM clients WHERE tenant_id = $1 AND enabled AND client_id NOT IN ('tenantry-cli', 'tenantry-console')
                 ORDER BY client_id LIMIT 200) AS clients,
          ARRAY(SELECT jsonb_build_object('domain', domain, 'lapsesAt', lapses_at) FROM tenant_domains
                 WHERE tenant_id = $1 AND verified_at IS NOT NULL AND lapses_at IS NOT NULL
                 ORDER BY domain) AS "failingDomains",
          (SELECT jsonb_build_object('state', state, 'reply', reply) FROM mails
            WHERE tenant_id = $1 AND state IN ('sent', 'failed') ORDER BY id DESC LIMIT 1) AS "lastMail"`,
);

interface Row {
  readonly administrators: boolean;
  readonly invited: boolean;
  readonly clients: ClientFacts[];
  readonly failingDomains: { readonly domain: string; readonly lapsesAt: string }[];
  readonly lastMail: ReadinessFacts['lastMail'] | null;
}

/** What the readiness report is made of. */
@Injectable()
export class ReadinessRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId): Promise<ReadinessFacts | undefined> {
    const [row] = await this.database.query<Row>(tenantId, find, [tenantId]);
    return row && { ...row, lastMail: row.lastMail ?? undefined };
  }
}
