import { toAllowedValue, toBoolean, toList, toNumber } from './options.js';
import type { Option, Resource } from './resource.js';

const MEMBERS: readonly Option[] = [
  { flags: '--label <text>', member: 'labels.en', description: 'what people call it, in English' },
  { flags: '--max-length <number>', member: 'max_length', description: 'characters of a text', read: toNumber },
  { flags: '--max-items <number>', member: 'max_items', description: 'texts of a list', read: toNumber },
  {
    flags: '--readable-by <who...>',
    member: 'readable_by',
    description: 'who sees values: user, admin (default: admin)',
    read: toList,
  },
  {
    flags: '--editable-by <who...>',
    member: 'editable_by',
    description: 'who changes values: user, admin (default: admin)',
    read: toList,
  },
  {
    flags: '--required-at <when...>',
    member: 'required_at',
    description: 'when people are asked for a value: sign_up, sign_in (default: never)',
    read: toList,
  },
  {
    flags: '--allowed-value <value...>',
    member: 'allowed_values',
    description: 'the values there are, such as "sales=Sales and service" (default: every value)',
    read: toAllowedValue,
  },
  { flags: '--order <number>', member: 'order', description: 'where it stands among the others', read: toNumber },
  { flags: '--claim <name>', member: 'claim.name', description: 'the claim that applications read' },
  {
    flags: '--claim-scope <scope...>',
    member: 'claim.scopes',
    description: 'scopes that release the claim, such as profile',
    read: toList,
  },
  {
    flags: '--claim-client <client_id...>',
    member: 'claim.client_ids',
    description: 'clients that get the claim (default: all)',
    read: toList,
  },
  {
    flags: '--claim-token <kind...>',
    member: 'claim.tokens',
    description: 'id_token, userinfo, access_token (default: the first two)',
    read: toList,
  },
  {
    flags: '--self-asserted <yes>',
    member: 'claim.self_asserted',
    description: 'applications get a value that people choose themselves',
    read: toBoolean,
  },
];

export const userAttributes: Resource = {
  noun: 'user-attributes',
  operations: {
    list: 'listUserAttributes',
    show: 'getUserAttribute',
    create: 'createUserAttribute',
    update: 'updateUserAttribute',
    delete: 'deleteUserAttribute',
  },
  one: 'attribute',
  summary: 'what a tenant keeps of its users beyond the standard claims',
  argument: 'attribute',
  idMember: 'name',
  list: {
    summary: 'list the attributes that a tenant defined',
    columns: [
      ['NAME', 'name'],
      ['TYPE', 'type'],
      ['EDITED BY', 'editable_by'],
      ['ASKED AT', 'required_at'],
      ['CLAIM', ({ claim }) => (claim as { name: string } | null)?.name ?? ''],
      ['SCOPES', ({ claim }) => (claim as { scopes: string[] } | null)?.scopes ?? []],
    ],
  },
  create: {
    summary: 'define an attribute; "users update --set attributes.<name>=<value>" gives it to a user',
    argument: { name: '<name>', member: 'name' },
    options: [
      { flags: '--type <type>', member: 'type', description: 'string (default), number, boolean or string_list' },
      ...MEMBERS,
    ],
    complete: async (body) => ({ type: 'string', ...body }),
  },
  update: MEMBERS,
  deletion: { summary: 'remove an attribute', consequence: 'Its values are gone from all users.' },
};
