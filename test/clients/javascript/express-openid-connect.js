// express-openid-connect.
import express from 'express';
// docs:start
import { auth } from 'express-openid-connect';

const app = express();
app.use(
  auth({
    issuerBaseURL: process.env.ISSUER,
    baseURL: process.env.URL,
    clientID: process.env.CLIENT_ID,
    secret: 'a long, randomly-generated string stored in the environment',
    idpLogout: true,
    authRequired: false,
    ...CODE_FLOW(),
  }),
);
// docs:end
app.get('/', (request, response) => {
  if (!request.oidc.isAuthenticated()) return void response.send('Home');
  response.json({ id_token: request.oidc.user });
});
app.listen(Number(process.env.PORT));

/** With a secret it uses the code flow; its own default is an ID token by form_post (implicit). */
function CODE_FLOW() {
  return {
    clientSecret: process.env.CLIENT_SECRET,
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  };
}
