import { toList, toNumber } from './options.js';
import type { Option, Resource } from './resource.js';

const MEMBERS: readonly Option[] = [
  { flags: '--label <text>', member: 'labels.en', description: 'what people call it, in English' },
  { flags: '--max-length <number>', member: 'max_length', description: 'characters of a text', read: toNumber },
  { flags: '--max-items <number>', member: 'max_items', description: 'texts of a list', read: toNumber },
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
