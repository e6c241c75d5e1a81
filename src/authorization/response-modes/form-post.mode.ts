import type { ResponseMode } from './response-mode.js';

/** OAuth 2.0 Form Post Response Mode §2: parameters in a form that the browser sends. */
export const formPostMode: ResponseMode = {
  name: 'form_post',
  deliver: (redirectUri, params) => ({ kind: 'form', action: redirectUri, fields: params }),
};
