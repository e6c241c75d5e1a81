import type { ResponseMode } from './response-mode.js';

/** RFC 6749 §4.2.2: parameters in the fragment, which browsers keep to themselves. */
export const fragmentMode: ResponseMode = {
  name: 'fragment',
  deliver: (redirectUri, params) => ({
    kind: 'redirect',
    location: `${redirectUri}#${new URLSearchParams(params).toString()}`,
  }),
};
