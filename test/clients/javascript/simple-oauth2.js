// A machine with simple-oauth2.
// docs:start
import { ClientCredentials } from 'simple-oauth2';

const client = new ClientCredentials({
  client: { id: process.env.CLIENT_ID, secret: process.env.CLIENT_SECRET },
  auth: { tokenHost: process.env.ISSUER, tokenPath: `${new URL(process.env.ISSUER).pathname}/token` },
});
const accessToken = await client.getToken({ scope: 'orders:read' });
// docs:end
process.stdout.write(`${accessToken.token.access_token}\n`);
