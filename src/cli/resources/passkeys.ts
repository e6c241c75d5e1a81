import type { Resource } from './resource.js';

export const passkeys: Resource = {
  noun: 'passkeys',
  operations: { list: 'listPasskeys', show: 'getPasskey', delete: 'deletePasskey' },
  one: 'passkey',
  summary: 'passkeys of users',
  argument: 'passkey_id',
  idMember: 'id',
  list: {
    summary: 'list passkeys of users',
    filters: [{ flags: '--user <id>', member: 'user_id', description: 'only those of this user' }],
    columns: [
      ['ID', 'id'],
      ['USER', 'user_id'],
      ['NAME', 'name'],
      ['WORKS AT', 'rp_id'],
      ['LAST USED', ({ last_used_at }) => last_used_at ?? 'never'],
      ['SINCE', 'created_at'],
    ],
  },
  deletion: {
    verb: 'delete',
    summary: 'remove a passkey',
    consequence: 'Its owner cannot sign in with it any more.',
  },
};
