// openid-client 6.
import express from 'express';
import session from 'express-session';
// docs:start
import * as client from 'openid-client';

const issuer = new URL(process.env.ISSUER);
const config = await client.discovery(issuer, process.env.CLIENT_ID, process.env.CLIENT_SECRET, undefined, {
  execute: [client.allowInsecureRequests], // plain HTTP, on this machine only
});
const redirect_uri = process.env.REDIRECT_URI;

async function begin(session) {
  session.verifier = client.randomPKCECodeVerifier();
  session.state = client.randomState();
  return client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(session.verifier),
    code_challenge_method: 'S256',
    state: session.state,
  });
}

async function finish(session, url) {
  const tokens = await client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: session.verifier,
    expectedState: session.state,
  });
  const claims = tokens.claims();
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  return { tokens, claims, userinfo };
}
// docs:end
const app = express();
app.use(session({ secret: 'a secret', resave: false, saveUninitialized: true }));
app.get('/login', async (request, response) => response.redirect((await begin(request.session)).href));
app.get('/callback', async (request, response) => {
  const { tokens, claims, userinfo } = await finish(request.session, new URL(request.originalUrl, process.env.URL));
  const fresh = await client.refreshTokenGrant(config, tokens.refresh_token);
  request.session.idToken = tokens.id_token;
  response.json({ id_token: claims, userinfo, refreshed: fresh.access_token !== undefined });
});
app.get('/logout', (request, response) => {
  const parameters = { post_logout_redirect_uri: `${process.env.URL}/`, id_token_hint: request.session.idToken };
  response.redirect(client.buildEndSessionUrl(config, parameters).href);
});
app.get('/', (_, response) => void response.send('Home'));
app.listen(Number(process.env.PORT));
