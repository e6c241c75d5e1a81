import type { Member } from '../management-api.js';
import { type Column, pairs, tableOf } from '../table.js';
import { addBulk } from './bulk-command.js';
import { type ClientHelp, addClientHelp } from './client-help.js';
import { searching } from './list-options.js';
import { enabling, toBoolean, toList } from './options.js';
import type { CommonOptions, Option, Resource } from './resource.js';
import { addTokenPreview } from './token-preview.js';

const METADATA: readonly Option[] = [
  { flags: '--name <text>', member: 'client_name', description: 'what people read' },
  { flags: '--type <type>', member: 'application_type', description: 'web, native, or browser for a single-page one' },
  {
    flags: '--auth-method <method>',
    member: 'token_endpoint_auth_method',
    description: 'how it proves itself: client_secret_basic, client_secret_post, private_key_jwt, none',
  },
  { flags: '--redirect-uri <uri...>', member: 'redirect_uris', description: 'where answers go', read: toList },
  {
    flags: '--post-logout-redirect-uri <uri...>',
    member: 'post_logout_redirect_uris',
    description: 'where people go after they signed out',
    read: toList,
  },
  {
    flags: '--grant-type <name...>',
    member: 'grant_types',
    description: 'authorization_code, refresh_token, client_credentials, …',
    read: toList,
  },
  { flags: '--scope <names>', member: 'scope', description: 'what it may ask for, names separated by spaces' },
  {
    flags: '--first-party <boolean>',
    member: 'first_party',
    description: 'the tenant’s own application: nobody is asked for consent',
    read: toBoolean,
  },
  {
    flags: '--optional-scope <name...>',
    member: 'optional_scopes',
    description: 'what people may leave out when they are asked for consent',
    read: toList,
  },
  {
    flags: '--reviewed <boolean>',
    member: 'reviewed',
    description: 'the consent page says that the tenant approved it',
    read: toBoolean,
  },
];

const USAGE_COLUMNS = [
  ['GRANT', 'grant_type'],
  ['REGISTERED', ({ registered }: Member) => (registered ? 'yes' : 'no')],
  ['USES IN 90 DAYS', 'uses'],
  ['LAST USED', ({ last_used_at: at }: Member) => at ?? 'not since uses are counted'],
] as const;
const SECRET_COLUMNS: readonly Column[] = [
  ['ID', 'id'],
  ['CREATED', 'created_at'],
  ['EXPIRES', ({ expires_at: at }) => at ?? 'never'],
];

const target = (tenant: string, client: string) => ({
  path: { tenant, client_id: client },
  missing: `client ${client} of tenant ${tenant}`,
});

const HELP: ClientHelp = {
  argument: 'client_id',
  test: (api, tenant, id, query) => api.send('testClientRedirectUri', { ...target(tenant, id), query }),
  list: (api, tenant, id) => api.send('listSnippets', target(tenant, id)),
  get: (api, tenant, id, library) => {
    const { path, missing } = target(tenant, id);
    return api.send('getSnippet', { path: { ...path, library }, missing });
  },
};

export const clients: Resource = {
  noun: 'clients',
  operations: {
    list: 'listClients',
    show: 'getClient',
    create: 'createClient',
    update: 'updateClient',
    delete: 'deleteClient',
  },
  one: 'client',
  summary: 'applications that ask for tokens',
  argument: 'client_id',
  idMember: 'client_id',
  list: {
    summary: 'list the clients of a tenant',
    filters: [
      ...searching('a client_id or name', 'client_id or name'),
      { flags: '--enabled <boolean>', member: 'enabled', description: 'those that may be used, or may not' },
      { flags: '--type <type>', member: 'application_type', description: 'web, native or browser' },
    ],
    columns: [
      ['CLIENT_ID', 'client_id'],
      ['NAME', 'client_name'],
      ['TYPE', 'application_type'],
      ['AUTHENTICATION', 'token_endpoint_auth_method'],
      ['STATE', ({ enabled }) => (enabled ? 'enabled' : 'disabled')],
    ],
  },
  create: {
    summary: 'register a client; its members are those of RFC 7591',
    options: [
      { flags: '--client-id <client_id>', member: 'client_id', description: 'its identifier (default: made here)' },
      ...METADATA,
    ],
  },
  update: METADATA,
  switches: enabling({
    disable: 'let a client get and use no tokens',
    disabled: 'it gets no tokens, and those it has do not work',
    enable: 'let a disabled client work again',
  }),
  deletion: { summary: 'delete a client', consequence: 'Its secrets, consents and tokens end with it.' },
  more: (noun, tools) => {
    const { common, api: connect, answer, confirm } = tools;
    addBulk(noun, tools, 'clients');
    addTokenPreview(noun, tools);
    addClientHelp(noun, tools, HELP);
    const of = (tenant: string, client: string) => `client ${client} of tenant ${tenant}`;
    common(
      noun
        .command('grant-usage <tenant> <client_id>')
        .description('show when a client used the implicit and the password grant'),
    ).action(async (tenant: string, client: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('getGrantUsage', target(tenant, client));
      answer(options, body, () => tableOf(USAGE_COLUMNS, body['data']));
    });
    common(noun.command('secrets <tenant> <client_id>').description('list the secrets of a client, by id')).action(
      async (tenant: string, client: string, options: CommonOptions) => {
        const api = await connect(options);
        const { body } = await api.send('getClient', target(tenant, client));
        const secrets = (body['client_secrets'] ?? []) as Member[];
        answer(options, { data: secrets }, () =>
          secrets.length === 0 ? `The ${of(tenant, client)} has no secret.` : tableOf(SECRET_COLUMNS, secrets),
        );
      },
    );
    common(
      noun
        .command('add-secret <tenant> <client_id>')
        .description('add a second secret, to change over without an outage; it is shown this once'),
    ).action(async (tenant: string, client: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('createClientSecret', target(tenant, client));
      answer(options, body, () => `The ${of(tenant, client)} has another secret, shown this once.\n${pairs(body)}`);
    });
    common(
      noun
        .command('delete-secret <tenant> <client_id> <id>')
        .description('end one of the secrets of a client')
        .option('--yes', 'do not ask'),
    ).action(async (tenant: string, client: string, id: string, options: CommonOptions) => {
      const api = await connect(options);
      await confirm(options, `The secret ${id} of ${of(tenant, client)} will work no more.`);
      const path = { tenant, client_id: client, secret_id: id };
      const missing = `secret ${id} of ${of(tenant, client)}; "npx tenantry clients secrets ${tenant} ${client}" lists them`;
      await api.send('deleteClientSecret', { path, missing });
      answer(options, {}, () => `The secret ${id} is gone.`);
    });
  },
};
