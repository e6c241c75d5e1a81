import { inJavaScript as js } from './literals.js';
import type { Snippet, SnippetValues } from './snippet.js';

/** openid-client 6 on Node.js, with nothing but its own HTTP server. */
export const openidClientSnippet: Snippet = {
  library: 'openid-client',
  title: 'openid-client',
  language: 'Node.js',
  install: 'npm install openid-client',
  kinds: ['web', 'machine'],
  secrets: ['basic', 'post', 'none'],
  needsOpenId: true,
  write: (values, kind) =>
    kind === 'machine'
      ? { name: 'token.mjs', text: forMachine(values) }
      : { name: 'server.mjs', text: forPeople(values) },
};

function discovery({ issuer, clientId, secret }: SnippetValues): string {
  const method = { basic: 'ClientSecretBasic', post: 'ClientSecretPost', none: 'None' }[secret];
  const args = [
    `new URL(${js(issuer)})`,
    js(clientId),
    secret === 'none' ? 'undefined' : 'process.env.CLIENT_SECRET',
    `client.${method}()`,
    // Only an issuer on the own machine is reached by plain HTTP.
    ...(issuer.startsWith('http:') ? ['{ execute: [client.allowInsecureRequests] }'] : []),
  ];
  return `const config = await client.discovery(\n${args.map((arg) => `  ${arg},\n`).join('')});`;
}

function forPeople(values: SnippetValues): string {
  return `import { createServer } from 'node:http';
import * as client from 'openid-client';

${discovery(values)}
const redirectUri = ${js(values.redirectUri)};

createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri);
  try {
    if (url.pathname === new URL(redirectUri).pathname) {
      const [, verifier, state] = /sign-in=([\\w-]+)\\.([\\w-]+)/.exec(request.headers.cookie) ?? [];
      const tokens = await client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
      });
      response.end(JSON.stringify(tokens.claims()));
    } else if (url.pathname === '/favicon.ico') {
      response.writeHead(404).end();
    } else {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const location = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: ${js(values.scopes.join(' '))},
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      });
      const cookie = \`sign-in=\${verifier}.\${state}; HttpOnly; SameSite=Lax; Path=/\`;
      response.writeHead(302, { location: location.href, 'set-cookie': cookie }).end();
    }
  } catch (error) {
    console.error(error);
    response.writeHead(400).end('Sign-in failed.');
  }
}).listen(process.env.PORT ?? 8080);
`;
}

function forMachine(values: SnippetValues): string {
  const resource = values.resource === undefined ? '' : `, resource: ${js(values.resource)}`;
  return `import * as client from 'openid-client';

${discovery(values)}
const tokens = await client.clientCredentialsGrant(config, { scope: ${js(values.scopes.join(' '))}${resource} });
console.log(tokens.access_token);
`;
}
