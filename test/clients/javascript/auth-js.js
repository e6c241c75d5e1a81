// Auth.js in Express (@auth/express); the provider is the same in Next.js, SvelteKit and the others.
import express from 'express';
// docs:start
import { ExpressAuth } from '@auth/express';

const tenantry = {
  id: 'tenantry',
  name: 'Tenantry',
  type: 'oidc',
  issuer: process.env.ISSUER,
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
};

const app = express();
app.set('trust proxy', true);
app.use('/auth', ExpressAuth({ providers: [tenantry] }));
// docs:end
app.get('/', (_, response) => void response.send('Home'));
app.listen(Number(process.env.PORT));
