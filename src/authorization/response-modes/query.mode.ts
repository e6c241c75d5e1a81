import type { ResponseMode } from './response-mode.js';

/** RFC 6749 §4.1.2: parameters added to the query of the redirect URI. */
export const queryMode: ResponseMode = {
  name: 'query',
  deliver: (redirectUri, params) => {
    const separator = !redirectUri.includes('?') ? '?' : redirectUri.endsWith('?') ? '' : '&';
    return { kind: 'redirect', location: redirectUri + separator + new URLSearchParams(params).toString() };
  },
};
