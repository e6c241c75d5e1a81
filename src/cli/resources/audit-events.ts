import type { Resource } from './resource.js';

export const auditEvents: Resource = {
  noun: 'audit-events',
  alias: 'audit',
  one: 'event',
  summary: 'who did what',
  argument: 'id',
  idMember: 'id',
  list: {
    summary: 'list what happened in a tenant, newest first',
    limit: 50,
    filters: [
      { flags: '--type <type>', member: 'type', description: 'such as user.sign_in_failed' },
      { flags: '--outcome <outcome>', member: 'outcome', description: 'success or failure' },
      { flags: '--user <id>', member: 'user_id', description: 'only what concerns this user' },
      { flags: '--client <client_id>', member: 'client_id', description: 'only what concerns this client' },
      { flags: '--address <ip>', member: 'address', description: 'only what came from this IP address' },
      { flags: '--request <id>', member: 'request_id', description: 'only what one request did' },
      { flags: '--since <time>', member: 'since', description: 'from this moment on, such as 2026-01-31T12:00:00Z' },
      { flags: '--until <time>', member: 'until', description: 'before this moment' },
    ],
    columns: [
      ['TIME', 'occurred_at'],
      ['TYPE', 'type'],
      ['OUTCOME', 'outcome'],
      ['ACTOR', 'actor'],
      ['CLIENT', 'client_id'],
      ['TARGET', 'target'],
      ['ADDRESS', 'address'],
      ['DETAILS', 'details'],
    ],
  },
  show: false,
};
