import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ExaminedClient } from './client-impact.js';

const SAMPLE = 10;

/** The first clients by their identifiers; one more than is looked at says that there are more. */
const listClients = statement(
  'clients.list_for_impact',
  `SELECT client_id AS "clientId", client_name AS "clientName", application_type AS "applicationType",
          token_endpoint_auth_method AS "tokenEndpointAuthMethod", grant_types AS "grantTypes",
          response_types AS "responseTypes", redirect_uris AS "redirectUris", require_pkce AS "requirePkce",
          id_token_signed_response_alg AS "idTokenSignedResponseAlg", enabled
     FROM clients WHERE tenant_id = $1 ORDER BY client_id LIMIT $2`,
);

const count = (name: string, condition: string) => `
  count(*) FILTER (WHERE ${condition})::int AS "${name}",
  (array_agg(id ORDER BY id) FILTER (WHERE ${condition}))[1:${SAMPLE}] AS "${name}Sample"`;

/** The first users by their ids: so many are read and no more, however many there are. */
const countUsers = statement(
  'users.count_for_impact',
  `SELECT count(*)::int AS examined,
          ${count('withoutFactor', 'enabled AND NOT has_totp AND NOT has_passkey')},
          ${count('withoutFactorOrMail', 'enabled AND NOT has_totp AND NOT has_passkey AND NOT email_verified')},
          ${count('unverified', 'enabled AND NOT email_verified')},
          ${count('otherTerms', 'enabled AND terms_version IS DISTINCT FROM $2::text')},
          ${count('withPasskey', 'enabled AND has_passkey')}
     FROM (SELECT u.id, u.enabled, u.email_verified, u.terms_version,
                  EXISTS (SELECT FROM user_totp t WHERE t.tenant_id = u.tenant_id AND t.user_id = u.id) AS has_totp,
                  EXISTS (SELECT FROM passkeys p WHERE p.tenant_id = u.tenant_id AND p.user_id = u.id) AS has_passkey
             FROM users u WHERE u.tenant_id = $1 ORDER BY u.id LIMIT $3) AS u`,
);

export type UserKind = 'withoutFactor' | 'withoutFactorOrMail' | 'unverified' | 'otherTerms' | 'withPasskey';

export type UserCounts = { readonly examined: number } & { readonly [Kind in UserKind]: number } & {
  readonly [Kind in UserKind as `${Kind}Sample`]: string[] | null;
};

/** What is looked at before a policy changes: a bounded number of rows, in the order of their keys. */
@Injectable()
export class PolicyImpactRepository {
  constructor(private readonly database: Database) {}

  listClients(tenantId: TenantId, limit: number): Promise<(ExaminedClient & { readonly enabled: boolean })[]> {
    return this.database.query(tenantId, listClients, [tenantId, limit]);
  }

  async countUsers(
    tenantId: TenantId,
    { limit, termsVersion }: { readonly limit: number; readonly termsVersion: string | null },
  ): Promise<UserCounts | undefined> {
    const [row] = await this.database.query<UserCounts>(tenantId, countUsers, [tenantId, termsVersion, limit]);
    return row;
  }
}
