// A single-page application with oidc-client-ts, and the two files it consists of served over HTTP.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const library = new URL('node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url);
const settings = {
  ISSUER: process.env.ISSUER,
  CLIENT_ID: process.env.CLIENT_ID,
  REDIRECT_URI: process.env.REDIRECT_URI,
};
const page = `<!doctype html><meta charset="utf-8"><title>Application</title>
<button id="sign-in">Sign in</button><pre id="result"></pre>
<script src="/oidc-client-ts.js"></script><script>window.settings = ${JSON.stringify(settings)};</script>
<script type="module" src="/application.js"></script>`;

createServer(async ({ url }, response) => {
  const { pathname } = new URL(url, process.env.URL);
  if (pathname === '/oidc-client-ts.js') return response.end(await readFile(fileURLToPath(library)));
  if (pathname === '/application.js') {
    response.setHeader('content-type', 'text/javascript');
    return response.end(await readFile(new URL('oidc-client-ts.page.js', import.meta.url)));
  }
  response.setHeader('content-type', 'text/html');
  response.end(page);
}).listen(Number(process.env.PORT));
