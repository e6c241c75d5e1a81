import { DONE, type EventDescription, REFUSED } from './event-description.js';

const GRANT = 'the grant: what one authorization gave';

/** OAuth 2.0 and OpenID Connect. */
export const PROTOCOL_EVENTS = {
  'authorization.granted': {
    when: 'An application got a code or tokens through the browser.',
    outcomes: DONE,
    details: {
      response_type: 'as it was asked for',
      scope: 'what was given',
      resources: 'the APIs it is for',
      grant: GRANT,
      session: 'the session of the person',
      repeats: 'the same answer was given before',
    },
  },
  'authorization.refused': {
    when: 'An authorization request was answered with an error. Unknown clients and redirect URIs are named here only.',
    outcomes: REFUSED,
    details: {
      error: 'the error code',
      reason: 'what is wrong',
      detail: 'what the client was not told',
      client_id: 'an unknown client',
      redirect_uri: 'the one that was refused',
      registered_redirect_uris: 'those that are registered',
      enabled: 'whether the client is',
    },
  },
  'client.authentication_failed': {
    when: 'A client could not authenticate. The client is not told why.',
    outcomes: REFUSED,
    details: {
      reason: 'what was wrong',
      detail: 'more of it',
      client_id: 'an unknown client',
      method: 'how it tried',
      registered: 'how it may',
    },
  },
  'authorization_code.reused': {
    when: 'A code came a second time, and what it had given was ended.',
    outcomes: REFUSED,
    details: { grant: GRANT },
  },
  'refresh_token.reused': {
    when: 'A refresh token that was rotated came again, and what it had given was ended.',
    outcomes: REFUSED,
    details: { grant: GRANT },
  },
  'token.issued': {
    when: 'The token endpoint issued tokens.',
    outcomes: DONE,
    details: {
      grant_type: 'of the request',
      grant: GRANT,
      scope: 'of the access token',
      format: '`jwt` or `opaque`',
      audience: 'of the access token',
      jti: 'its id',
    },
  },
  'token.refused': {
    when: 'The token endpoint answered with an error.',
    outcomes: REFUSED,
    details: {
      grant_type: 'of the request',
      grant: GRANT,
      error: 'the error code',
      reason: 'what the client was told',
      detail: 'what it was not told',
    },
  },
  'token.revoked': {
    when: 'A client revoked a token (RFC 7009).',
    outcomes: DONE,
    details: { token: '`access_token` or `refresh_token`', grant: GRANT, jti: 'the id of a JWT' },
  },
} as const satisfies Record<string, EventDescription>;
