import { clientRegistrationSchemas } from '../../management/client-registrations/client-registrations.schemas.js';
import { ClientPermissionDto, JwksDto } from '../../management/clients/client-basics.dto.js';
import { TEXT, TIME, UUID, objectSchema } from '../../management/schema/answer-schema.js';
import { orNull, refTo } from '../../management/schema/schema.js';
import { schemaOf } from '../../management/schema/schema-of.js';
import { type Operation, type Schema, inPath, inQuery } from './account-operation.js';
import { InviteOwnerDto, OwnClientDto } from './own-clients.dto.js';

const { ListedClientRegistration, ClientRegistration, RegisteredMetadata, ClientOwner, RedirectUriTest, ...others } =
  clientRegistrationSchemas().answers;

const invitation = objectSchema({
  id: UUID,
  client_id: TEXT,
  client_name: orNull(TEXT),
  invited: TEXT,
  invited_by: TEXT,
  transfer: { type: 'boolean' },
  expires_at: TIME,
});

/** Those of the management API, where developers and administrators see the same. */
export const OWN_CLIENT_SCHEMAS: Readonly<Record<string, Schema>> = {
  OwnClient: schemaOf(OwnClientDto) as Schema,
  Jwks: schemaOf(JwksDto) as Schema,
  ClientPermission: schemaOf(ClientPermissionDto) as Schema,
  InviteOwner: schemaOf(InviteOwnerDto) as Schema,
  ListedClientRegistration: ListedClientRegistration as Schema,
  ClientRegistrations: {
    type: 'object',
    properties: {
      data: { type: 'array', items: refTo('ListedClientRegistration') },
      page: { type: 'object', properties: { next: orNull(TEXT), has_more: { type: 'boolean' } } },
    },
  },
  RegisteredMetadata: RegisteredMetadata as Schema,
  ClientOwner: ClientOwner as Schema,
  ClientRegistration: {
    ...ClientRegistration,
    properties: {
      ...ClientRegistration?.properties,
      owner_invitations: { type: 'array', items: refTo('OwnerInvitation') },
    },
  },
  OwnerInvitation: invitation as Schema,
  OwnerInvitations: { type: 'object', properties: { data: { type: 'array', items: refTo('OwnerInvitation') } } },
  OwnerInvited: objectSchema({ id: UUID }) as Schema,
  CreatedSecret: objectSchema({
    id: UUID,
    client_secret: { ...TEXT, description: 'Shown this once.' },
    created_at: TIME,
    expires_at: orNull(TIME),
  }) as Schema,
  RedirectUriTest: RedirectUriTest as Schema,
  ListedSnippet: others.ListedSnippet as Schema,
  SnippetList: others.SnippetList as Schema,
  Snippet: others.Snippet as Schema,
};

const id = inPath('registration_id');
const registration = { answer: 'ClientRegistration', parameters: [id] } as const;

export const OWN_CLIENT_OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/clients': {
    get: {
      summary: 'The clients that the person owns',
      scope: 'account:read',
      answer: 'ClientRegistrations',
      parameters: [
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
        inQuery('after', { type: 'string' }),
      ],
    },
    post: {
      summary: 'Drafts a client',
      scope: 'account:write',
      body: 'OwnClient',
      answer: 'ClientRegistration',
      status: 201,
    },
  },
  '/clients/{registration_id}': {
    get: {
      summary: 'One of them: the client, what is proposed, how they differ',
      scope: 'account:read',
      ...registration,
    },
    patch: {
      summary: 'Changes what is proposed; harmless changes of a client hold at once. Needs If-Match',
      scope: 'account:write',
      body: 'OwnClient',
      ...registration,
    },
    delete: {
      summary: 'Deletes the client or the draft',
      scope: 'account:write',
      status: 204,
      parameters: [id],
      isFresh: true,
    },
  },
  '/clients/{registration_id}/submission': {
    post: { summary: 'Hands the draft in', scope: 'account:write', ...registration },
    delete: { summary: 'Takes back what is handed in', scope: 'account:write', ...registration },
  },
  '/clients/{registration_id}/secrets': {
    post: {
      summary: 'Adds a secret, the first or a second one. It is in this answer only',
      scope: 'account:write',
      answer: 'CreatedSecret',
      status: 201,
      parameters: [id],
      isFresh: true,
    },
  },
  '/clients/{registration_id}/secrets/{secret_id}': {
    delete: {
      summary: 'Ends a secret',
      scope: 'account:write',
      status: 204,
      parameters: [id, inPath('secret_id')],
      isFresh: true,
    },
  },
  '/clients/{registration_id}/redirect-test': {
    get: {
      summary: 'Says how a redirect URI differs from those that are registered',
      scope: 'account:read',
      answer: 'RedirectUriTest',
      parameters: [id, inQuery('redirect_uri', { type: 'string' })],
    },
  },
  '/clients/{registration_id}/snippets': {
    get: {
      summary: 'The libraries that there is code for, with the values of this client',
      scope: 'account:read',
      answer: 'SnippetList',
      parameters: [id],
    },
  },
  '/clients/{registration_id}/snippets/{library}': {
    get: {
      summary: 'Code for one of them, without a secret',
      scope: 'account:read',
      answer: 'Snippet',
      parameters: [id, inPath('library')],
    },
  },
  '/clients/{registration_id}/owner-invitations': {
    post: {
      summary: 'Asks a person to own the client as well, or in place of whoever asks',
      scope: 'account:write',
      body: 'InviteOwner',
      answer: 'OwnerInvited',
      status: 201,
      parameters: [id],
      isFresh: true,
    },
  },
  '/clients/{registration_id}/owner-invitations/{invitation_id}': {
    delete: {
      summary: 'Asks the person no longer',
      scope: 'account:write',
      status: 204,
      parameters: [id, inPath('invitation_id')],
    },
  },
  '/clients/{registration_id}/owners/{user_id}': {
    delete: {
      summary: 'Removes an owner, as long as another one is left',
      scope: 'account:write',
      status: 204,
      parameters: [id, inPath('user_id')],
      isFresh: true,
    },
  },
  '/client-invitations': {
    get: { summary: 'Clients that the person was asked to own', scope: 'account:read', answer: 'OwnerInvitations' },
  },
  '/client-invitations/{invitation_id}/acceptance': {
    post: {
      summary: 'The person owns the client',
      scope: 'account:write',
      answer: 'ClientRegistration',
      parameters: [inPath('invitation_id')],
    },
  },
  '/client-invitations/{invitation_id}': {
    delete: { summary: 'Declines', scope: 'account:write', status: 204, parameters: [inPath('invitation_id')] },
  },
};
