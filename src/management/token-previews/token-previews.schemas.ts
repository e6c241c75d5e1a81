import { ORIGINS, PREVIEWED_GRANTS, SCOPE_REASONS } from '../../token-previews/token-preview.js';
import { type ResourceSchemas, TEXT, TEXTS, UUID, objectSchema } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { PreviewTokensQuery } from './token-previews.dto.js';

const FLAG: Schema = { type: 'boolean' };

export function tokenPreviewSchemas(): ResourceSchemas {
  return {
    bodies: [],
    queries: [PreviewTokensQuery],
    answers: {
      TokenPreview: preview(),
      PreviewedClaims: objectSchema(previewedClaims()),
      PreviewedAccessToken: objectSchema({
        format: { type: 'string', enum: ['jwt', 'opaque'], description: 'That of the API.' },
        lifetime_seconds: { type: 'integer', description: 'How long it is good.' },
        ...previewedClaims(),
      }),
    },
  };
}

function preview(): Schema {
  return objectSchema({
    client_id: { ...TEXT, description: 'Who would ask.' },
    user_id: { ...orNull(UUID), description: 'For whom; `null`: the client acts for itself.' },
    grant_type: { type: 'string', enum: PREVIEWED_GRANTS, description: 'How it would get them.' },
    allowed: { ...FLAG, description: 'Tokens would be issued, after the steps.' },
    refusal: {
      ...orNull(
        objectSchema({
          error: { ...TEXT, description: 'What the client would be told (RFC 6749).' },
          description: { ...TEXT, description: 'The same for people.' },
          detail: { ...orNull(TEXT), description: 'What the audit log says beyond that.' },
        }),
      ),
      description: '`null`: it would not be refused.',
    },
    steps: {
      type: 'array',
      items: TEXT,
      description: 'What the user would have to do after signing in, such as `consent`. The tokens suppose it is done.',
    },
    consent: {
      ...orNull(
        objectSchema({
          first_party: { ...FLAG, description: 'Nobody is asked.' },
          missing: { type: 'array', items: scopesOfResource(), description: 'What the user did not allow so far.' },
          declined: { type: 'array', items: scopesOfResource(), description: 'What the user left out before.' },
        }),
      ),
      description: '`null`: consent plays no part.',
    },
    scopes: { type: 'array', items: scope(), description: 'What becomes of each name that is asked for.' },
    access_token: { ...orNull(refTo('PreviewedAccessToken')), description: '`null`: there would be none.' },
    id_token: { ...orNull(refTo('PreviewedClaims')), description: '`null`: there would be none.' },
    userinfo: { ...orNull(refTo('PreviewedClaims')), description: '`null`: the access token is not for userinfo.' },
    refresh_token: { ...FLAG, description: 'One would come with it.' },
  });
}

function scopesOfResource(): Schema {
  return objectSchema({
    resource: { ...TEXT, description: 'Identifier of an API; empty: OpenID Connect.' },
    scopes: { ...TEXTS, description: 'Names there.' },
  });
}

function scope(): Schema {
  return objectSchema({
    name: { ...TEXT, description: 'As it was asked for.' },
    state: {
      type: 'string',
      enum: ['granted', 'possible', 'ignored', 'declined', 'withheld', 'refused'],
      description: '`possible`: the request is refused for another reason. `withheld`: roles do not allow it.',
    },
    resources: { ...TEXTS, description: 'Identifiers of the APIs at which it is granted; none: it is of the tenant.' },
    in_access_token: { ...FLAG, description: 'Of several resources, the access token is for one.' },
    reason: { ...orNull({ type: 'string', enum: SCOPE_REASONS }), description: 'Why it is not granted.' },
    detail: { ...orNull(TEXT), description: 'What the client is told of it.' },
  });
}

function previewedClaims() {
  const header = objectSchema(
    {
      alg: { ...TEXT, description: 'The algorithm that would sign it.' },
      typ: { ...TEXT, description: 'Its type; absent of ID tokens.' },
      kid: { ...orNull(TEXT), description: 'The key; `null`: it is made when it signs first.' },
    },
    { optional: ['typ'] },
  );
  const origin = objectSchema({
    claim: { ...TEXT, description: 'Its name.' },
    kind: { type: 'string', enum: ORIGINS, description: 'What gives it.' },
    names: { ...TEXTS, description: 'Which scopes, attribute, or member of a policy or API.' },
    changes: { ...FLAG, description: 'Each token has another value.' },
    hidden: { ...FLAG, description: 'Its value is not for administrators (`readable_by` of the attribute).' },
  });
  return {
    header: { ...orNull(header), description: 'As it would be signed; `null`: it is no JWT.' },
    claims: {
      type: 'object',
      additionalProperties: true,
      description: 'What it says; of an opaque token what introspection says.',
    },
    origins: { type: 'array', items: origin, description: 'Where each claim comes from.' },
  } as const satisfies Readonly<Record<string, Schema>>;
}
