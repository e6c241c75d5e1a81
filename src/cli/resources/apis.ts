import type { ManagementApi } from '../management-api.js';
import { AGE, searching } from './list-options.js';
import { toList, toNumber, toScope } from './options.js';
import type { Option, Resource } from './resource.js';

const MEMBERS: readonly Option[] = [
  { flags: '--name <text>', member: 'display_name', description: 'what people read' },
  {
    flags: '--scope <name=description...>',
    member: 'scopes',
    description: 'a scope and the sentence people read; all scopes the API has',
    read: toScope,
  },
  { flags: '--format <format>', member: 'access_token_format', description: 'jwt or opaque' },
  {
    flags: '--lifetime <seconds>',
    member: 'access_token_lifetime_seconds',
    description: 'of its access tokens',
    read: toNumber,
  },
  {
    flags: '--introspection-client <client_id...>',
    member: 'introspection_client_ids',
    description: 'clients that may ask about its tokens',
    read: toList,
  },
];

export const apis: Resource = {
  noun: 'apis',
  operations: { list: 'listApis', show: 'getApi', create: 'createApi', update: 'updateApi', delete: 'deleteApi' },
  one: 'API',
  summary: 'protected resources and their scopes',
  argument: 'api',
  idMember: 'identifier',
  findId: findApi,
  list: {
    summary: 'list the APIs of a tenant',
    filters: [...searching('an identifier or name', 'created_at, identifier or display_name'), ...AGE],
    columns: [
      ['ID', 'id'],
      ['IDENTIFIER', 'identifier'],
      ['NAME', 'display_name'],
      ['FORMAT', 'access_token_format'],
      ['SCOPES', ({ scopes }) => (scopes as { name: string }[]).map(({ name }) => name)],
    ],
  },
  create: {
    summary: 'register a protected resource; its identifier is the audience of its tokens',
    argument: { name: '<identifier>', member: 'identifier' },
    options: MEMBERS,
    complete: async (body) => ({ display_name: body['identifier'], ...body }),
  },
  update: MEMBERS,
  deletion: { summary: 'delete an API', consequence: 'No token is issued for it any more.' },
};

/** By id or identifier. */
export async function findApi(api: ManagementApi, tenant: string, given: string): Promise<string> {
  if (!given.includes(':')) return given;
  const all = await api.list('listApis', { path: { tenant }, missing: `tenant ${tenant}` });
  const found = all.find(({ identifier }) => identifier === given);
  return found?.id ?? given;
}
