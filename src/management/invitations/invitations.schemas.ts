import { type ResourceSchemas, TIME, TIMES, UUID, objectSchema, pageSchema, shown } from '../schema/answer-schema.js';
import { type Schema, orNull } from '../schema/schema.js';
import { CreateInvitationDto, ListInvitationsQuery } from './invitations.dto.js';

export function invitationSchemas(): ResourceSchemas {
  return {
    bodies: [[CreateInvitationDto, { email: 'ada@acme.example', name: 'Ada Lovelace' }]],
    queries: [ListInvitationsQuery],
    answers: { Invitation: invitation(), InvitationPage: pageSchema('Invitation') },
  };
}

function invitation(): Schema {
  const {
    email = {},
    tenant_admin = {},
    roles = {},
    ...texts
  } = shown(CreateInvitationDto, [
    'email',
    'tenant_admin',
    'roles',
    'username',
    'name',
    'given_name',
    'family_name',
    'locale',
  ]);
  const nullable = Object.fromEntries(Object.entries(texts).map(([name, schema]) => [name, orNull(schema)]));
  const when = (description: string): Schema => ({ ...orNull(TIME), description });
  return objectSchema({
    id: { ...UUID, description: 'It stays when the invitation is sent again.' },
    email,
    status: {
      type: 'string',
      enum: ['pending', 'accepted', 'withdrawn', 'expired'],
      description: 'A pending one can be accepted.',
    },
    ...nullable,
    tenant_admin,
    roles,
    sent_at: { ...TIME, description: 'When the mail was written last.' },
    expires_at: { ...TIME, description: 'Until when it can be accepted.' },
    accepted_at: when('When the account was made.'),
    withdrawn_at: when('When an administrator withdrew it.'),
    user_id: { ...orNull(UUID), description: 'The account that was made.' },
    ...TIMES,
  });
}
