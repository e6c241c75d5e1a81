import type { PolicyImpact } from '../../policy-impact/policy-impact.js';
import { TEXT, TEXTS, TIME, UUID, objectSchema } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import type { View } from '../kit/view.js';
import { nameOfMember } from './policy-members.js';

export function policyImpactView(impact: PolicyImpact): View {
  return {
    tenant: impact.tenant,
    changes: impact.changes.map(({ member, from, to }) => ({ member: nameOfMember(member), from, to })),
    clients: impact.clients.map((client) => ({
      client_id: client.clientId,
      client_name: client.clientName,
      code: client.code,
      detail: client.detail,
      values: client.values,
      setting: client.setting,
      last_used_at: client.lastUsedAt ?? null,
    })),
    clients_examined: impact.clientsExamined,
    users: impact.users.map(({ code, detail, affected, sample }) => ({ code, detail, affected, sample })),
    users_examined: impact.usersExamined,
    complete: impact.complete,
    notes: impact.notes,
  };
}

/** A value of any member of the policy. */
export const POLICY_VALUE: Schema = {
  type: ['string', 'integer', 'boolean', 'array', 'object', 'null'],
  items: { type: 'string' },
  additionalProperties: { type: 'string' },
  description: 'As in the policy.',
};

/** What `dry_run` answers. */
export function dryRunSchemas(): Record<string, Schema> {
  const list = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
  const counted = (description: string): Schema => ({ type: 'integer', description });
  return {
    PolicyDryRun: objectSchema({
      dry_run: { type: 'boolean', const: true, description: 'Nothing was changed.' },
      tenants_examined: counted('How many tenants were looked at.'),
      tenants: list(refTo('PolicyImpact'), 'Those for which something changes.'),
      next: { type: ['string', 'null'], description: 'The `after` with which the next tenants are looked at.' },
    }),
    PolicyImpact: objectSchema({
      tenant: { ...TEXT, description: 'The slug of the tenant.' },
      changes: list(
        objectSchema({
          member: { ...TEXT, description: 'Name in the policy.' },
          from: POLICY_VALUE,
          to: POLICY_VALUE,
        }),
        'What would hold otherwise than now.',
      ),
      clients: list(refTo('ClientImpact'), 'Clients that would break, or may.'),
      clients_examined: counted('How many enabled clients were looked at, in the order of their identifiers.'),
      users: list(refTo('UserImpact'), 'What people would meet.'),
      users_examined: counted(
        'How many users were looked at, in the order of their ids; 0 when nothing concerns them.',
      ),
      complete: { type: 'boolean', description: 'All clients and users of the tenant were looked at.' },
      notes: { ...TEXTS, description: 'What cannot be known.' },
    }),
    ClientImpact: objectSchema({
      client_id: { ...TEXT, description: 'The client.' },
      client_name: { ...orNull(TEXT), description: 'What people call it.' },
      code: {
        type: 'string',
        enum: ['grant_refused', 'grant_ends', 'pkce_required', 'id_token_alg_changes', 'redirect_uri_refused'],
        description: 'For programs.',
      },
      detail: { ...TEXT, description: 'What happens, and what to change.' },
      values: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'What `detail` names, such as `grant`, for those who say it in other words.',
      },
      setting: { ...TEXT, description: 'The member of the client to change.' },
      last_used_at: { ...orNull(TIME), description: 'When it used the grant last, where it is about one.' },
    }),
    UserImpact: objectSchema({
      code: {
        type: 'string',
        enum: ['second_factor_missing', 'email_unverified', 'terms_to_accept', 'passkey_refused'],
        description: 'For programs.',
      },
      detail: { ...TEXT, description: 'What they would be asked.' },
      affected: counted('How many of those that were looked at.'),
      sample: list(UUID, 'Ids of a few of them.'),
    }),
  };
}
