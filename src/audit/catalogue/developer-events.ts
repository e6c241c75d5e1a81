import { DONE, type EventDescription } from './event-description.js';

const written = (when: string, details?: Readonly<Record<string, string>>) =>
  ({
    when,
    outcomes: DONE,
    target: ['client'],
    isWrite: true,
    ...(details && { details }),
  }) as const satisfies EventDescription;

/** Clients that [developers](developers.md) register, by themselves and by the administrators who decide. */
export const DEVELOPER_EVENTS = {
  'client_registration.created': written('A developer drafted a client.'),
  'client_registration.updated': written(
    'A developer changed a draft, what is handed in, or harmless members of a client.',
  ),
  'client_registration.submitted': written('A developer handed a client or a change of one in for a decision.'),
  'client_registration.withdrawn': written('A developer took back what was handed in.'),
  'client_registration.approved': written(
    'An administrator approved a client or a change of one; without approval, its developer made it so.',
    { changes: 'the members that differ, from what to what' },
  ),
  'client_registration.rejected': written('An administrator rejected a client or a change of one.', {
    reason: 'what the developer is told',
  }),
  'client_registration.suspended': written('An administrator suspended a client. Its tokens stopped at once.', {
    reason: 'what the developer is told',
  }),
  'client_registration.resumed': written('An administrator let a suspended client go on.'),
  'client_registration.deleted': written('A developer deleted a client or a draft.'),
  'client_registration.owner_invited': written('A developer asked somebody to own a client.', {
    transfer: 'whether who asked gives it away',
  }),
  'client_registration.invitation_withdrawn': written('A developer asks somebody no longer.'),
  'client_registration.invitation_declined': written('A person does not want to own a client.'),
  'client_registration.owner_added': written('A person owns a client.', {
    user_id: 'the owner',
    transfer: 'whether who asked owns it no longer',
  }),
  'client_registration.owner_removed': written('A person owns a client no longer.', { user_id: 'who owned it' }),
} as const satisfies Record<string, EventDescription>;
