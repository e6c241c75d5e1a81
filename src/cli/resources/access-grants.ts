import { toBoolean, toList, toNumber } from './options.js';
import type { CommonOptions, Resource } from './resource.js';

export const accessGrants: Resource = {
  noun: 'access-grants',
  operations: {
    list: 'listAccessGrants',
    show: 'getAccessGrant',
    create: 'createAccessGrant',
    delete: 'endAccessGrant',
  },
  one: 'access grant',
  summary: 'access of operators to people and secrets of a tenant',
  argument: 'access_grant_id',
  idMember: 'id',
  list: {
    summary: 'list who has access, had it or asks for it, the newest first',
    columns: [
      ['ID', 'id'],
      ['STATUS', 'status'],
      ['OPERATOR', 'operator'],
      ['REACH', 'reach'],
      ['LEVEL', 'level'],
      ['EXPIRES', 'expires_at'],
      ['REASON', 'reason'],
    ],
  },
  create: {
    summary: 'get access as an operator for a time, or ask the owners for it',
    options: [
      { flags: '--reason <text>', member: 'reason', description: 'why it is needed; the owners read it' },
      { flags: '--ticket <text>', member: 'ticket', description: 'where the reason is written down at length' },
      { flags: '--reach <what...>', member: 'reach', description: 'people (default), secrets or both', read: toList },
      { flags: '--level <level>', member: 'level', description: 'read (default) or write' },
      {
        flags: '--expires-in <seconds>',
        member: 'expires_in_seconds',
        description: 'how long it lasts (default: an hour)',
        read: toNumber,
      },
      {
        flags: '--emergency <boolean>',
        member: 'emergency',
        description: 'it begins after a day, unless an owner refuses it',
        read: toBoolean,
      },
    ],
  },
  deletion: {
    verb: 'end',
    summary: 'end access at once, or refuse a request',
    consequence: 'The operator has no access any more.',
  },
  more: (noun, { common, api: connect, answer }) => {
    common(
      noun.command('approve <tenant> <access_grant_id>').description('approve a request; the access begins now'),
    ).action(async (tenant: string, id: string, options: CommonOptions) => {
      const api = await connect(options);
      const missing = `access grant ${id} of tenant ${tenant}`;
      const { body } = await api.send('approveAccessGrant', { path: { tenant, access_grant_id: id }, missing });
      answer(options, body, () => `${String(body['operator'])} has access until ${String(body['expires_at'])}.`);
    });
  },
};
