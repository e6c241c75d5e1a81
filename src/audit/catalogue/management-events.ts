import { DONE, type EventDescription, REFUSED } from './event-description.js';

const written = (when: string, target: string, more: Partial<EventDescription> = {}) =>
  ({ when, outcomes: DONE, target: [target], isWrite: true, ...more }) as const satisfies EventDescription;

/** Writes of the management API, and what it refused. */
export const MANAGEMENT_EVENTS = {
  'tenant.created': written('An operator made a tenant.', 'tenant'),
  'tenant.updated': written('A tenant, its policy, branding or texts were changed.', 'tenant', {
    details: { locale: 'the language whose texts were changed', keys: 'the texts that were changed' },
  }),
  'branding.draft_changed': written('The draft of a [branding](branding.md) was changed.', 'tenant'),
  'branding.draft_discarded': written('The draft of a branding was discarded.', 'tenant'),
  'branding.preview_created': written('A link was made that shows the draft of a branding.', 'tenant', {
    details: { expires_at: 'when it ends' },
  }),
  'branding.published': written('A branding was published, or brought back.', 'tenant', {
    details: {
      number: 'of the version that was made',
      restored_from: 'the version that was brought back',
      note: 'what it was for',
    },
  }),
  'tenant.quotas_changed': written('An operator changed what a tenant [may have and do](quotas.md).', 'tenant'),
  'access_grant.given': written(
    'An operator gave themself [access](operator-access.md) to people or secrets of the tenant. It begins at once, or after the wait of an emergency.',
    'access_grant',
    { details: { begins_at: 'from when it holds', expires_at: 'until when' } },
  ),
  'access_grant.requested': written('An operator asked the owners of the tenant for access.', 'access_grant', {
    details: { begins_at: 'null', expires_at: 'when the request lapses' },
  }),
  'access_grant.approved': written('An administrator approved the access of an operator. It begins.', 'access_grant', {
    details: { operator: 'whom it is for', expires_at: 'until when it holds' },
  }),
  'access_grant.refused': written('Access of an operator was refused or withdrawn before it began.', 'access_grant', {
    details: { operator: 'whom it was for' },
  }),
  'access_grant.ended': written('Access of an operator was ended before its time.', 'access_grant', {
    details: { operator: 'whom it was for' },
  }),
  'access_grant.used': {
    when: 'An operator reached into people or secrets of the tenant. What a request changed is an event of its own.',
    outcomes: DONE,
    target: ['access_grant'],
    details: {
      method: 'of the request',
      path: 'of the request',
      reach: '`people` or `secrets`',
      level: '`read` or `write`',
      through: 'the client through which a person acted',
    },
  },
  'access_grant.expired': {
    when: 'The time of an access grant was over, or a request lapsed. It is recorded within some minutes.',
    outcomes: DONE,
    target: ['access_grant'],
  },
  'tenant.deletion_scheduled': written('An operator scheduled the deletion of a tenant.', 'tenant', {
    details: { deletion: 'its id', scheduled_for: 'when it begins' },
  }),
  'tenant.deletion_withdrawn': written('An operator withdrew the deletion of a tenant.', 'tenant', {
    details: { deletion: 'its id' },
  }),
  'tenant.deleted': {
    when: 'A tenant and everything of it was destroyed. The log of tenant `system` has it.',
    outcomes: DONE,
    target: ['tenant'],
    details: { slug: 'of the tenant', deletion: 'the id of the deletion, whose receipt stays' },
  },
  'tenant.former_slug_ended': written(
    'An operator ended the addresses of a [former slug](domains.md#rename-a-tenant).',
    'tenant',
    {
      details: { slug: 'the former one' },
    },
  ),
  'domain.created': written('A [domain](domains.md) was claimed.', 'domain'),
  'domain.checked': written(
    'An administrator had the proof of a domain looked for, and nothing has changed by it.',
    'domain',
  ),
  'domain.verified': written('A domain was proven, and is an address of the tenant from now on.', 'domain', {
    details: { verified_by: '`dns` or `file`' },
  }),
  'domain.proof_missing': written(
    'The [proof](domains.md#proven-again-every-day) of a verified domain was not found any more, by the platform or when an administrator asked. The domain goes on.',
    'domain',
    { details: { reason: 'what was found', lapses_at: 'until when it goes on without' } },
  ),
  'domain.proof_restored': written('The proof of a verified domain was found again.', 'domain', {
    details: { verified_by: '`dns` or `file`', failing_since: 'since when it was missing' },
  }),
  'domain.lapsed': written(
    'The proof of a verified domain was missing for too long. It is pending, and no address of the tenant any more.',
    'domain',
    { details: { reason: 'what was found', failing_since: 'since when it was missing' } },
  ),
  'domain.updated': written('A domain was made the primary address, or is it no longer.', 'domain'),
  'domain.deleted': written('A domain was removed, and is no address of the tenant any more.', 'domain'),
  'policy.updated': written(
    'An operator changed the [policy](policies.md#where-a-value-comes-from) of the platform. The log of tenant `system` has it.',
    'policy',
  ),
  'policy_template.created': written('An operator made a template of policies.', 'policy_template'),
  'policy_template.updated': written('An operator changed a template of policies.', 'policy_template'),
  'policy_template.deleted': written('An operator deleted a template of policies.', 'policy_template'),
  'client.created': written('A client was registered.', 'client'),
  'client.updated': written('A client was changed.', 'client'),
  'client.deleted': written('A client was deleted, and its tokens with it.', 'client'),
  'client_secret.created': written('A client was given another secret.', 'client'),
  'client_secret.deleted': written('A secret of a client was deleted.', 'client'),
  'user.created': written('An administrator made a user.', 'user'),
  'user.updated': written('An administrator changed a user.', 'user', {
    details: { mailed: '`set_password`: a link for a password was mailed' },
  }),
  'user_attribute.created': written('An [attribute of users](user-attributes.md) was defined.', 'user_attribute'),
  'user_attribute.updated': written('An attribute of users was changed.', 'user_attribute'),
  'user_attribute.deleted': written('An attribute of users was removed.', 'user_attribute'),
  'group.created': written('A [group](groups.md) was made.', 'group'),
  'group.updated': written('A group was changed.', 'group'),
  'group.deleted': written('A group was deleted.', 'group'),
  'group.member_added': written('The `target` joined a group.', 'user', {
    details: { group: 'its name', group_id: 'its id' },
  }),
  'group.member_removed': written('The `target` left a group.', 'user', {
    details: { group: 'its name', group_id: 'its id' },
  }),
  'api_role.created': written('A [role of an API](api-roles.md) was made.', 'api_role'),
  'api_role.updated': written('A role of an API was changed.', 'api_role'),
  'api_role.deleted': written('A role of an API was deleted.', 'api_role'),
  'api_role.given': written('A role of an API was given to the `target`.', 'user', {
    target: ['user', 'group', 'client'],
    details: { api_role: 'its name', api_id: 'of which API' },
  }),
  'api_role.taken': written('A role of an API was taken from the `target`.', 'user', {
    target: ['user', 'group', 'client'],
    details: { api_role: 'its name', api_id: 'of which API' },
  }),
  'role.created': written('A [role](roles.md) of the tenant’s own was made.', 'role'),
  'role.updated': written('A role was changed.', 'role'),
  'role.deleted': written('A role was deleted.', 'role', {
    details: { taken_from: 'how many users and clients lost it with that' },
  }),
  'role.given': written('A role was given to the `target`.', 'user', {
    target: ['user', 'client'],
    details: { role: 'its name' },
  }),
  'role.taken': written('A role was taken from the `target`.', 'user', {
    target: ['user', 'client'],
    details: { role: 'its name' },
  }),
  'api.created': written('An API was registered.', 'api'),
  'api.updated': written('An API was changed.', 'api'),
  'api.deleted': written('An API was deleted.', 'api'),
  'keys.rotated': written('New signing keys took over.', 'keys', { details: { kids: 'the new keys' } }),
  'key.revoked': written('A signing key was revoked at once, and what it had signed with it.', 'key', {
    details: { kid: 'the key' },
  }),
  'invitation.created': written('An administrator invited somebody.', 'invitation'),
  'invitation.sent': written('An invitation was mailed once more, with another link.', 'invitation'),
  'invitation.withdrawn': written('An invitation was withdrawn.', 'invitation'),
  'setup_link.created': written('A [setup link](setup-links.md) was made.', 'setup_link', {
    details: { mailed: 'whether it was sent by mail' },
  }),
  'setup_link.revoked': written('A setup link was revoked. It works no longer.', 'setup_link'),
  'setup_link.opened': {
    when: 'Somebody opened a setup link and began.',
    outcomes: DONE,
    target: ['setup_link'],
    details: { made_by: 'who made the link', purposes: 'what it is for' },
  },
  'setup_link.finished': {
    when: 'Somebody who came by a setup link said that they are done.',
    outcomes: DONE,
    target: ['setup_link'],
  },
  'mail.tested': written('An administrator asked for a test mail.', 'mail'),
  'webhook.created': written('A [webhook](webhooks.md) was made.', 'webhook'),
  'webhook.updated': written('A webhook was changed.', 'webhook'),
  'webhook.deleted': written('A webhook was deleted.', 'webhook'),
  'webhook.secret_rotated': written('A webhook was given another secret.', 'webhook', {
    details: { overlap_hours: 'how long the one before signs beside it' },
  }),
  'webhook.tested': written('An administrator asked for a test delivery.', 'webhook'),
  'webhook.replayed': written('An administrator asked for one event, or those of a time, once more.', 'webhook', {
    details: { delivery: 'the event that is delivered once more', queued: 'how many events are' },
  }),
  'management.deprecated_used': {
    when: 'A caller of the management API used what goes away; told once an hour for each client, use and process.',
    outcomes: DONE,
    target: ['client'],
    details: {
      use: 'the operation, and the member where it is one',
      instead: 'what to use now',
      sunset: 'until when it works at least, or null',
    },
  },
  'management.refused': {
    when: 'A token of the management API lacked a scope, or meant another tenant.',
    outcomes: REFUSED,
    target: ['tenant'],
    details: { method: 'of the request', reason: 'what it lacked' },
  },
} as const satisfies Record<string, EventDescription>;
