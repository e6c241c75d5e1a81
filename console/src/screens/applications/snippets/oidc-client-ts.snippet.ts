import { inJavaScript as js } from './literals.js';
import type { Snippet } from './snippet.js';

/** oidc-client-ts in a browser, which keeps and renews the tokens itself. */
export const oidcClientTsSnippet: Snippet = {
  title: 'oidc-client-ts',
  language: 'JavaScript',
  install: 'npm install oidc-client-ts',
  kinds: ['browser'],
  secrets: ['none'],
  needsOpenId: true,
  fileName: () => 'users.mjs',
  write: ({ issuer, clientId, redirectUri, scopes }) => `import { UserManager } from 'oidc-client-ts';

export const users = new UserManager({
  authority: ${js(issuer)},
  client_id: ${js(clientId)},
  redirect_uri: ${js(redirectUri)},
  scope: ${js(scopes.join(' '))},
});

// A button:              await users.signinRedirect();
// At the redirect URI:   const user = await users.signinRedirectCallback();
// At the API:            fetch(url, { headers: { Authorization: \`Bearer \${user.access_token}\` } });
`,
};
