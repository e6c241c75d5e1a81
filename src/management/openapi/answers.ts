import { SIGNING_ALGORITHM_NAMES } from '../../keys/signing-algorithm.js';
import { BrandingDto, PolicyDto } from '../tenants/tenants.dto.js';
import { ClientMetadataDto } from '../clients/clients.dto.js';
import { CreateApiDto } from '../apis/apis.dto.js';
import { CreateUserDto } from '../users/users.dto.js';
import type { Constructor } from './describe.decorator.js';
import { type Schema, orNull, present, refTo } from './schema.js';
import { schemaName, schemaOf } from './schema-of.js';

const TEXT: Schema = { type: 'string' };
const UUID: Schema = { type: 'string', format: 'uuid' };
const TIME: Schema = { type: 'string', format: 'date-time' };
const URI: Schema = { type: 'string', format: 'uri' };
const TEXTS: Schema = { type: 'array', items: TEXT };
const TIMES = { created_at: TIME, updated_at: TIME };
const ID = '01a20ccb-5908-7421-b495-92cb052cefe0';
const NOW = '2026-01-31T12:00:00.000Z';

/** Every member is always there, unless it is named as optional. */
function object(
  properties: Readonly<Record<string, Schema>>,
  { optional = [], ...keywords }: Schema & { readonly optional?: readonly string[] } = {},
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, ...keywords };
}

/** Members of a body as they are shown again: those that have a default always have a value. */
function shown(dto: Constructor, names: readonly string[]): Record<string, Schema> {
  const { properties = {} } = schemaOf(dto);
  return Object.fromEntries(names.map((name) => [name, present(properties[name] ?? {})]));
}

function allShown(dto: Constructor): Record<string, Schema> {
  return shown(dto, Object.keys(schemaOf(dto).properties ?? {}));
}

function page(item: string): Schema {
  return object({ data: { type: 'array', items: refTo(item) }, page: refTo('PageInfo') });
}

const CLIENT_LISTS = ['grant_types', 'response_types', 'redirect_uris', 'post_logout_redirect_uris'];
const CLIENT_SHOWN_WHEN_SET = [
  ...['jwks', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri'],
  ...['contacts', 'software_id', 'software_version'],
];

function client(): Readonly<Record<string, Schema>> {
  const { properties = {} } = schemaOf(ClientMetadataDto);
  const undecided = ['client_name', 'require_pkce', 'refresh_token_rotation', 'strict_assertion_audience'];
  return {
    client_id: { ...TEXT, examples: ['web'] },
    ...shown(ClientMetadataDto, ['application_type', 'token_endpoint_auth_method', ...CLIENT_LISTS]),
    ...shown(ClientMetadataDto, ['scope', 'permissions', 'first_party', 'enabled', ...CLIENT_SHOWN_WHEN_SET]),
    ...Object.fromEntries([...undecided, 'id_token_signed_response_alg'].map((name) => [name, properties[name] ?? {}])),
    client_secrets: {
      type: 'array',
      items: object({ id: UUID, created_at: TIME, expires_at: orNull(TIME) }),
      description: 'Which secrets there are; not in lists. The secrets themselves are never shown again.',
    },
    client_id_issued_at: { type: 'integer', description: 'Unix time in seconds (RFC 7591).' },
    ...TIMES,
  };
}

function clientAnswer(): Schema {
  return object(client(), { optional: [...CLIENT_SHOWN_WHEN_SET, 'client_secrets'] });
}

function createdClient(): Schema {
  const properties = {
    ...client(),
    client_secret: { ...TEXT, description: 'Shown this once. Absent when the client uses none.' },
    client_secret_expires_at: { type: 'integer', const: 0, description: '0: it does not expire.' },
  } as const;
  return object(properties, { optional: [...CLIENT_SHOWN_WHEN_SET, 'client_secret', 'client_secret_expires_at'] });
}

function user(): Schema {
  const { properties = {} } = schemaOf(CreateUserDto);
  const kept = ['username', 'email_verified', 'phone_number_verified', 'tenant_admin', 'enabled'];
  const { password: _, email = {}, phone_number = {}, ...rest } = properties;
  const claims = Object.keys(rest).filter((name) => !kept.includes(name));
  return object(
    {
      id: { ...UUID, description: 'The `sub` of the user’s tokens.' },
      ...shown(CreateUserDto, kept),
      email,
      phone_number,
      ...shown(CreateUserDto, claims),
      ...TIMES,
    },
    { optional: claims },
  );
}

function api(): Schema {
  const properties = schemaOf(CreateApiDto).properties ?? {};
  const { access_token_lifetime_seconds: lifetime = {} } = properties;
  return object({ id: UUID, ...allShown(CreateApiDto), access_token_lifetime_seconds: lifetime, ...TIMES });
}

function answers() {
  return {
    Tenant: object({
      id: UUID,
      slug: TEXT,
      display_name: TEXT,
      status: { type: 'string', enum: ['active', 'suspended'] },
      issuer: { ...URI, description: 'The canonical one of its addresses.' },
      addresses: { type: 'array', items: URI, description: 'Each is a full issuer.' },
      policy: { ...refTo(schemaName(PolicyDto)), description: 'What the tenant decided.' },
      effective_policy: { ...refTo('EffectivePolicy'), description: 'The same over the platform’s defaults.' },
      branding: refTo(schemaName(BrandingDto)),
      ...TIMES,
    }),
    EffectivePolicy: object(allShown(PolicyDto)),
    Client: clientAnswer(),
    CreatedClient: createdClient(),
    CreatedClientSecret: object(
      {
        id: UUID,
        client_secret: { ...TEXT, description: 'Shown this once.' },
        created_at: TIME,
        expires_at: orNull(TIME),
      },
      { examples: [{ id: ID, client_secret: 'pQ7…', created_at: NOW, expires_at: null }] },
    ),
    User: user(),
    Api: api(),
    Key: object({
      kid: { ...TEXT, description: 'RFC 7638 thumbprint.' },
      alg: { type: 'string', enum: SIGNING_ALGORITHM_NAMES },
      state: {
        type: 'string',
        enum: ['next', 'current', 'previous'],
        description: 'Published and waiting; signing; kept until its last token has expired.',
      },
      published_at: TIME,
      signs_from: orNull(TIME),
      signs_until: orNull(TIME),
      published_until: orNull(TIME),
      public_jwk: { type: 'object', additionalProperties: true, description: 'RFC 7517; never a private member.' },
    }),
    Consent: object({
      id: UUID,
      user_id: UUID,
      client_id: TEXT,
      resource: { type: ['string', 'null'], description: '`null`: the scopes of OpenID Connect itself.' },
      scopes: TEXTS,
      ...TIMES,
    }),
    AuditEvent: object({
      id: { ...UUID, description: 'Ordered by time.' },
      occurred_at: TIME,
      type: { ...TEXT, examples: ['client.created', 'user.signed_in', 'token.refused'] },
      outcome: { type: 'string', enum: ['success', 'failure'] },
      actor: { type: ['string', 'null'], examples: ['client:operator@system', `user:${ID}@acme`] },
      client_id: orNull(TEXT),
      user_id: orNull(UUID),
      target: { type: ['string', 'null'], description: 'What it was done to: `<resource>:<id>`.' },
      address: { type: ['string', 'null'], description: 'The caller’s IP address.' },
      request_id: orNull(TEXT),
      details: { type: ['object', 'null'], additionalProperties: true, description: 'Never a secret or a token.' },
    }),
    PageInfo: object(
      {
        next: { type: ['string', 'null'], description: 'The `after` of the next page.' },
        has_more: { type: 'boolean' },
      },
      { examples: [{ next: 'MDFhMjBjY2I', has_more: true }] },
    ),
    TenantPage: page('Tenant'),
    ClientPage: page('Client'),
    UserPage: page('User'),
    ApiPage: page('Api'),
    KeyPage: page('Key'),
    ConsentPage: page('Consent'),
    AuditEventPage: page('AuditEvent'),
  } as const satisfies Readonly<Record<string, Schema>>;
}

export type AnswerName = keyof ReturnType<typeof answers>;

/** By name: the schemas of all answers that are not problems. */
export function answerSchemas(): Record<AnswerName, Schema> {
  return answers();
}
