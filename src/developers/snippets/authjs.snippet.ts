import { inJavaScript as js } from './literals.js';
import type { Snippet } from './snippet.js';

const CALLBACK = /\/(?:api\/)?auth\/callback\/([A-Za-z0-9_-]+)$/;

/** Auth.js 5 in Express. Its redirect URI ends with the id of the provider. */
export const authJsSnippet: Snippet = {
  library: 'authjs',
  title: 'Auth.js',
  language: 'Node.js',
  install: 'npm install express @auth/express',
  kinds: ['web'],
  secrets: ['basic'],
  needsOpenId: true,
  suits: ({ redirectUri }) => CALLBACK.test(redirectUri),
  write: ({ issuer, clientId, redirectUri, scopes }) => ({
    name: 'server.mjs',
    text: `import express from 'express';
import { ExpressAuth } from '@auth/express';

// AUTH_SECRET is in the environment as well: openssl rand -base64 32
const tenantry = {
  id: ${js(CALLBACK.exec(redirectUri)?.[1] ?? 'tenantry')},
  name: 'Tenantry',
  type: 'oidc',
  issuer: ${js(issuer)},
  clientId: ${js(clientId)},
  clientSecret: process.env.CLIENT_SECRET,
  authorization: { params: { scope: ${js(scopes.join(' '))} } },
};

const app = express();
app.set('trust proxy', true);
app.use(${js(new URL(redirectUri).pathname.replace(CALLBACK, (path) => path.slice(0, path.indexOf('/callback/'))))}, ExpressAuth({ providers: [tenantry] }));
app.listen(process.env.PORT ?? 8080);
`,
  }),
};
