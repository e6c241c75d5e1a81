import { REGISTRATION_STATES } from '../../developers/client-registration.js';
import { URI_DIFFERENCES } from '../../oauth/redirect-uri-difference-texts.js';
import { URI_PARTS } from '../../oauth/redirect-uri-difference.js';
import { ClientBasicsDto } from '../clients/client-basics.dto.js';
import { type ResourceSchemas, TEXT, TIME, TIMES, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { schemaOf } from '../schema/schema-of.js';
import {
  ListClientRegistrationsQuery,
  RejectClientRegistrationDto,
  SuspendClientDto,
  TestRedirectUriQuery,
} from './client-registrations.dto.js';

const COMMON = {
  id: { ...UUID, description: 'Of the registration.' },
  client_id: { ...TEXT, description: 'The identifier that the client has from the draft on.' },
  registered: { type: 'boolean', description: 'The client exists.' },
  reason: { ...orNull(TEXT), description: 'Why it was rejected.' },
  submitted_by: { ...orNull(TEXT), description: 'Who handed it in last, as in audit events.' },
  submitted_at: { ...orNull(TIME), description: 'When.' },
  decided_by: { ...orNull(TEXT), description: 'Who decided last; without approval, the developer.' },
  decided_at: { ...orNull(TIME), description: 'When.' },
  client_name: { ...orNull(TEXT), description: 'What is proposed, or else what the client has.' },
  state: {
    type: 'string',
    enum: REGISTRATION_STATES,
    description: 'Of what is proposed; `suspended`: nothing is, and the client is disabled.',
  },
  suspended: { type: 'boolean', description: 'The client is disabled, whatever is proposed.' },
  ...TIMES,
} as const satisfies Readonly<Record<string, Schema>>;

const LISTED_SNIPPET = {
  library: { ...TEXT, description: 'In addresses.' },
  title: { ...TEXT, description: 'Of the library, for people.' },
  language: { ...TEXT, description: 'Of the code.' },
} as const satisfies Readonly<Record<string, Schema>>;

/** The members that developers decide, all of them shown. */
function metadata(): Schema {
  return objectSchema(
    { ...schemaOf(ClientBasicsDto).properties },
    { description: 'What developers decide of a client.' },
  );
}

function change(): Schema {
  const values: Schema = { type: 'array', items: TEXT, description: 'Entries of a list.' };
  const value: Schema = {
    type: ['string', 'array', 'object', 'null'],
    items: { type: ['string', 'object'], additionalProperties: true },
    additionalProperties: true,
  };
  return objectSchema(
    {
      member: { ...TEXT, description: 'Which member differs.' },
      before: { ...value, description: 'What the client has; `null`: nothing.' },
      after: { ...value, description: 'What is proposed.' },
      added: values,
      removed: values,
      sensitive: { type: 'boolean', description: 'It gives the client something, or changes what people are shown.' },
    },
    { optional: ['added', 'removed'] },
  );
}

function redirectTest(): Schema {
  const difference = objectSchema({
    part: { type: 'string', enum: URI_PARTS, description: 'The first part that differs.' },
    position: { type: 'integer', description: 'The first character that differs, counted from 1.' },
    registered_character: { ...orNull(TEXT), description: 'The registered one there; `null`: it has ended.' },
    given_character: { ...orNull(TEXT), description: 'The given one there; `null`: it has ended.' },
    code: { type: 'string', enum: Object.keys(URI_DIFFERENCES), description: 'What differs, for programs.' },
    values: {
      type: 'object',
      additionalProperties: { type: ['string', 'integer'] },
      description: 'What `detail` names, such as `expected` and `found`.',
    },
    detail: { ...TEXT, description: 'The same for people.' },
  });
  const comparison = objectSchema({
    registered: { ...TEXT, description: 'A registered redirect URI.' },
    matches: { type: 'boolean', description: 'The authorization endpoint takes them for the same.' },
    difference: { ...orNull(difference), description: '`null`: they match.' },
  });
  return objectSchema({
    matches: { type: 'boolean', description: 'A request with it is accepted.' },
    comparisons: { type: 'array', items: comparison, description: 'The most similar first.' },
  });
}

export function clientRegistrationSchemas(): ResourceSchemas {
  return {
    bodies: [
      [RejectClientRegistrationDto, { reason: 'Register the address of the production server.' }],
      [SuspendClientDto, { reason: 'The application sends people’s data elsewhere.' }],
    ],
    queries: [ListClientRegistrationsQuery, TestRedirectUriQuery],
    answers: {
      ListedClientRegistration: objectSchema(COMMON),
      ClientRegistrationPage: pageSchema('ListedClientRegistration'),
      RegisteredMetadata: metadata(),
      ClientRegistration: objectSchema({
        ...COMMON,
        client: { ...orNull(refTo('RegisteredMetadata')), description: 'What the client has; `null`: there is none.' },
        proposal: { ...orNull(refTo('RegisteredMetadata')), description: 'What is proposed; `null`: nothing.' },
        changes: { type: 'array', items: change(), description: 'What approving it changes.' },
        owners: { type: 'array', items: refTo('ClientOwner'), description: 'Who looks after it, oldest first.' },
        client_secrets: {
          type: 'array',
          items: objectSchema({
            id: { ...UUID, description: 'Names the secret when it is deleted.' },
            created_at: { ...TIME, description: 'When it was made.' },
            expires_at: { ...orNull(TIME), description: 'When it ends; `null`: it does not.' },
          }),
          description: 'Which secrets there are.',
        },
      }),
      ClientOwner: objectSchema({
        user_id: { ...UUID, description: 'The user.' },
        username: { ...TEXT, description: 'What the user signs in with.' },
        enabled: { type: 'boolean', description: 'Whether the user can sign in.' },
        created_at: { ...TIME, description: 'Since when.' },
      }),
      RedirectUriTest: redirectTest(),
      ListedSnippet: objectSchema(LISTED_SNIPPET),
      SnippetList: objectSchema({
        data: { type: 'array', items: refTo('ListedSnippet'), description: 'Those that work with the client.' },
      }),
      Snippet: objectSchema({
        ...LISTED_SNIPPET,
        install: { ...orNull(TEXT), description: 'Installs what the code needs; `null`: it needs nothing.' },
        secret_variable: {
          ...orNull(TEXT),
          description: 'The environment variable that the code reads the secret from; `null`: it needs none.',
        },
        file_name: { ...TEXT, description: 'Of the file with the code.' },
        code: { ...TEXT, description: 'The code, with the values of the client and without a secret.' },
      }),
    },
  };
}
