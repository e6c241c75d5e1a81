import { ApiScopeDto, CreateApiDto, UpdateApiDto } from '../apis/apis.dto.js';
import { ListAuditEventsQuery } from '../audit-events/audit-events.query.js';
import { ClientPermissionDto, CreateClientDto, JwksDto, UpdateClientDto } from '../clients/clients.dto.js';
import { ListConsentsQuery } from '../consents/consents.query.js';
import { RotateKeysDto } from '../keys/keys.dto.js';
import { PageQuery } from '../kit/paging.js';
import { BrandingDto, BrandingTextsDto, CreateTenantDto, PolicyDto, UpdateTenantDto } from '../tenants/tenants.dto.js';
import { AddressDto, CreateUserDto, ListUsersQuery, UpdateUserDto } from '../users/users.dto.js';
import type { Constructor } from './describe.decorator.js';
import type { Schema } from './schema.js';
import { schemaName, schemaOf } from './schema-of.js';

/** Every body, with an example of it where it is not a part of another one. */
const BODIES: readonly (readonly [Constructor, unknown?])[] = [
  [CreateTenantDto, { slug: 'acme', display_name: 'Acme', policy: { password_min_length: 20 } }],
  [
    UpdateTenantDto,
    { display_name: 'Acme Inc', branding: { primary_color: '#0a7d5a' }, policy: { signing_alg: null } },
  ],
  [PolicyDto],
  [BrandingDto],
  [BrandingTextsDto],
  [
    CreateClientDto,
    {
      client_name: 'Shop',
      redirect_uris: ['https://shop.example/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid email orders:read',
    },
  ],
  [UpdateClientDto, { redirect_uris: ['https://shop.example/callback'], logo_uri: null }],
  [JwksDto],
  [ClientPermissionDto],
  [CreateUserDto, { username: 'alice', email: 'alice@acme.example', password: 'violet harbour 42 lanterns' }],
  [UpdateUserDto, { nickname: null, address: { locality: 'Bern' } }],
  [AddressDto],
  [
    CreateApiDto,
    {
      identifier: 'https://api.acme.example',
      display_name: 'Orders',
      scopes: [{ name: 'orders:read', description: 'See your orders' }],
    },
  ],
  [UpdateApiDto, { access_token_format: 'opaque', access_token_lifetime_seconds: 300 }],
  [ApiScopeDto],
  [RotateKeysDto, { alg: 'ES256' }],
];

const QUERIES: readonly Constructor[] = [PageQuery, ListUsersQuery, ListConsentsQuery, ListAuditEventsQuery];

/** By name: the schemas of all bodies. */
export function bodySchemas(): Record<string, Schema> {
  return Object.fromEntries(
    BODIES.map(([dto, example]) => [
      schemaName(dto),
      { ...schemaOf(dto), ...(example !== undefined && { examples: [example] }) },
    ]),
  );
}

/** By name of the query: the schemas of its parameters, by name. */
export function querySchemas(): Record<string, NonNullable<Schema['properties']>> {
  return Object.fromEntries(QUERIES.map((query) => [schemaName(query), schemaOf(query).properties ?? {}]));
}
