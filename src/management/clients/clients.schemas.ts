import {
  EXAMPLE_ID,
  EXAMPLE_TIME,
  type ResourceSchemas,
  TEXT,
  TIME,
  TIMES,
  UUID,
  WARNINGS,
  objectSchema,
  pageSchema,
  shown,
} from '../schema/answer-schema.js';
import { type Schema, orNull } from '../schema/schema.js';
import { schemaOf } from '../schema/schema-of.js';
import { ClientPermissionDto, JwksDto } from './client-basics.dto.js';
import { BulkClientsDto, ClientOperationDto } from './bulk-clients.dto.js';
import { ClientMetadataDto, CreateClientDto, UpdateClientDto, ListClientsQuery } from './clients.dto.js';

const LISTS = ['grant_types', 'response_types', 'redirect_uris', 'post_logout_redirect_uris'];
const SHOWN_WHEN_SET = [
  ...['jwks', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri'],
  ...['contacts', 'software_id', 'software_version'],
];

export function clientSchemas(): ResourceSchemas {
  return {
    bodies: [
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
      [ClientOperationDto],
      [BulkClientsDto, { operations: [{ op: 'disable', client_id: 'shop' }] }],
    ],
    queries: [ListClientsQuery],
    answers: {
      Client: objectSchema(client(), { optional: [...SHOWN_WHEN_SET, 'client_secrets', 'warnings'] }),
      CreatedClient: createdClient(),
      CreatedClientSecret: objectSchema(
        {
          id: { ...UUID, description: 'Names the secret when it is deleted.' },
          client_secret: { ...TEXT, description: 'Shown this once.' },
          created_at: { ...TIME, description: 'When it was made.' },
          expires_at: { ...orNull(TIME), description: 'When it ends; `null`: it does not.' },
        },
        { examples: [{ id: EXAMPLE_ID, client_secret: 'pQ7…', created_at: EXAMPLE_TIME, expires_at: null }] },
      ),
      ClientPage: pageSchema('Client'),
      GrantUsage: grantUsage(),
    },
  };
}

function client(): Readonly<Record<string, Schema>> {
  const { properties = {} } = schemaOf(ClientMetadataDto);
  const undecided = [
    'client_name',
    'token_endpoint_auth_method',
    'require_pkce',
    'refresh_token_rotation',
    'strict_assertion_audience',
    'default_max_age',
  ];
  return {
    client_id: { ...TEXT, description: 'Its identifier in the protocol.', examples: ['web'] },
    ...shown(ClientMetadataDto, ['application_type', ...LISTS]),
    ...shown(ClientMetadataDto, ['id_token_signed_response_alg', 'require_second_factor', 'default_acr_values']),
    ...shown(ClientMetadataDto, ['scope', 'permissions', 'slim_id_token', 'first_party', 'enabled', ...SHOWN_WHEN_SET]),
    ...shown(ClientMetadataDto, ['optional_scopes', 'reviewed']),
    reviewed_at: { ...orNull(TIME), description: 'When `reviewed` became true; `null`: it is not.' },
    ...Object.fromEntries(undecided.map((name) => [name, properties[name] ?? {}])),
    client_secrets: {
      type: 'array',
      items: objectSchema({
        id: { ...UUID, description: 'Names the secret when it is deleted.' },
        created_at: { ...TIME, description: 'When it was made.' },
        expires_at: { ...orNull(TIME), description: 'When it ends; `null`: it does not.' },
      }),
      description: 'Which secrets there are; not in lists. The secrets themselves are never shown again.',
    },
    client_id_issued_at: { type: 'integer', description: 'Unix time in seconds (RFC 7591).' },
    ...TIMES,
    warnings: WARNINGS,
  };
}

function createdClient(): Schema {
  const properties = {
    ...client(),
    client_secret: { ...TEXT, description: 'Shown this once. Absent when the client uses none.' },
    client_secret_expires_at: { type: 'integer', const: 0, description: '0: it does not expire.' },
  } as const;
  return objectSchema(properties, {
    optional: [...SHOWN_WHEN_SET, 'warnings', 'client_secret', 'client_secret_expires_at'],
  });
}

function grantUsage(): Schema {
  const uses: Schema = { type: 'integer', description: 'How often it was used.' };
  const day = objectSchema({ day: { ...TEXT, description: 'A date in UTC.' }, uses });
  const grant = objectSchema({
    grant_type: { type: 'string', enum: ['implicit', 'password'], description: 'A grant that can be switched off.' },
    registered: { type: 'boolean', description: 'The client has it among its `grant_types`.' },
    last_used_at: { ...orNull(TIME), description: 'When it was used last, within the days that are shown.' },
    uses,
    days: { type: 'array', items: day, description: 'Days with uses, newest first.' },
  });
  return objectSchema({ data: { type: 'array', items: grant, description: 'Both grants.' } });
}
