import { inJavaScript as js } from './literals.js';
import type { Snippet } from './snippet.js';

/** oauth4webapi in a browser: no server of its own, and no secret. */
export const oauth4webapiSnippet: Snippet = {
  library: 'oauth4webapi',
  title: 'oauth4webapi',
  language: 'JavaScript',
  install: 'npm install oauth4webapi',
  kinds: ['browser'],
  secrets: ['none'],
  needsOpenId: true,
  write: ({ issuer, clientId, redirectUri, scopes }) => {
    const isPlain = issuer.startsWith('http:');
    const insecure = isPlain ? ', { [oauth.allowInsecureRequests]: true }' : '';
    return {
      name: 'sign-in.mjs',
      text: `import * as oauth from 'oauth4webapi';

const issuer = new URL(${js(issuer)});
const client = { client_id: ${js(clientId)} };
const redirectUri = ${js(redirectUri)};
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer${insecure}));

/** For the button "Sign in". */
export async function signIn() {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state }));
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: ${js(scopes.join(' '))},
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  location.assign(url.href);
}

/** At the redirect URI. */
export async function finish() {
  const { verifier, state } = JSON.parse(sessionStorage.getItem('sign-in'));
  sessionStorage.removeItem('sign-in');
  const answer = oauth.validateAuthResponse(server, client, new URL(location.href), state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    answer,
    redirectUri,
    verifier${insecure === '' ? '' : `${insecure.replace(', ', ',\n    ')}`},
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, { requireIdToken: true });
  return { tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
}
`,
    };
  },
};
