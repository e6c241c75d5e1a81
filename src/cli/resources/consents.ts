import type { Resource } from './resource.js';

export const consents: Resource = {
  noun: 'consents',
  alias: 'grants',
  operations: { list: 'listConsents', show: 'getConsent', delete: 'withdrawConsent' },
  one: 'consent',
  summary: 'what users allowed clients',
  argument: 'consent_id',
  idMember: 'id',
  list: {
    summary: 'list what users allowed clients',
    filters: [
      { flags: '--user <id>', member: 'user_id', description: 'only what this user allowed' },
      { flags: '--client <client_id>', member: 'client_id', description: 'only what this client was allowed' },
    ],
    columns: [
      ['ID', 'id'],
      ['USER', 'user_id'],
      ['CLIENT', 'client_id'],
      ['API', ({ resource }) => resource ?? '(OpenID Connect)'],
      ['SCOPES', ({ scopes }) => (scopes as string[]).join(' ')],
      ['SINCE', 'created_at'],
    ],
  },
  deletion: {
    verb: 'withdraw',
    alias: 'delete',
    summary: 'withdraw a consent',
    consequence: 'Every token under it ends at once.',
  },
};
