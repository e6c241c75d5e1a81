import { toBoolean, toList, toNumber } from './options.js';
import type { Resource } from './resource.js';

export const setupLinks: Resource = {
  noun: 'setup-links',
  operations: {
    list: 'listSetupLinks',
    show: 'getSetupLink',
    create: 'createSetupLink',
    delete: 'revokeSetupLink',
  },
  one: 'setup link',
  summary: 'links with which people without an account set a tenant up',
  argument: 'setup_link_id',
  idMember: 'id',
  list: {
    summary: 'list the setup links of the last months, the newest first',
    filters: [{ flags: '--status <status>', member: 'status', description: 'open, used, expired or revoked' }],
    columns: [
      ['ID', 'id'],
      ['STATUS', 'status'],
      ['WORKS', ({ works }) => (works ? 'yes' : 'no')],
      ['PURPOSES', 'purposes'],
      ['FOR', ({ note, email }) => note ?? email ?? ''],
      ['LAST USED', 'last_used_at'],
      ['EXPIRES', 'expires_at'],
    ],
  },
  create: {
    summary: 'make a setup link; its address is told once',
    options: [
      {
        flags: '--purposes <purpose...>',
        member: 'purposes',
        description: 'what it is for: verify_domain, brand',
        read: toList,
      },
      {
        flags: '--expires-in <seconds>',
        member: 'expires_in_seconds',
        description: 'how long it works (default: a week)',
        read: toNumber,
      },
      {
        flags: '--single-use <boolean>',
        member: 'single_use',
        description: 'it can be opened once',
        read: toBoolean,
      },
      { flags: '--email <address>', member: 'email', description: 'where it is mailed' },
      { flags: '--locale <language>', member: 'locale', description: 'language of the mail' },
      { flags: '--note <text>', member: 'note', description: 'for whom it is; only administrators see it' },
    ],
  },
  deletion: {
    verb: 'revoke',
    alias: 'delete',
    summary: 'revoke a setup link',
    consequence: 'It and its sessions end at once.',
  },
};
