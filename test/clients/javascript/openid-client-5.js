// openid-client 5, which many frameworks still contain.
import express from 'express';
import session from 'express-session';
import { Issuer, generators } from 'openid-client-5';

// docs:start
const issuer = await Issuer.discover(process.env.ISSUER);
const client = new issuer.Client({
  client_id: process.env.CLIENT_ID,
  client_secret: process.env.CLIENT_SECRET,
  redirect_uris: [process.env.REDIRECT_URI],
  response_types: ['code'],
});
// docs:end
const app = express();
app.use(session({ secret: 'a secret', resave: false, saveUninitialized: true }));
app.get('/login', (request, response) => {
  const verifier = generators.codeVerifier();
  request.session.verifier = verifier;
  response.redirect(
    client.authorizationUrl({
      scope: 'openid email profile offline_access',
      code_challenge: generators.codeChallenge(verifier),
      code_challenge_method: 'S256',
    }),
  );
});
app.get('/callback', async (request, response) => {
  const checks = { code_verifier: request.session.verifier };
  const tokens = await client.callback(process.env.REDIRECT_URI, client.callbackParams(request), checks);
  const fresh = await client.refresh(tokens.refresh_token);
  const userinfo = await client.userinfo(tokens.access_token);
  response.json({ id_token: tokens.claims(), userinfo, refreshed: fresh.access_token !== undefined });
});
app.listen(Number(process.env.PORT));
