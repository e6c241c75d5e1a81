// next-auth 4, as its handler is used in pages/api/auth/[...nextauth].js.
import express from 'express';
import nextAuth from 'next-auth';

const NextAuth = nextAuth.default ?? nextAuth;
// docs:start
const authOptions = {
  providers: [
    {
      id: 'tenantry',
      name: 'Tenantry',
      type: 'oauth',
      wellKnown: `${process.env.ISSUER}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state'],
      clientId: process.env.CLIENT_ID,
      clientSecret: process.env.CLIENT_SECRET,
      profile: (profile) => ({ id: profile.sub, name: profile.name, email: profile.email }),
    },
  ],
};
// docs:end
const app = express();
app.use(express.urlencoded({ extended: true }));
app.use('/api/auth/{*path}', (request, response) => {
  const cookies = Object.fromEntries(
    (request.headers.cookie ?? '')
      .split('; ')
      .map((pair) => [pair.split('=')[0], decodeURIComponent(pair.split('=')[1] ?? '')]),
  );
  const query = { ...request.query, nextauth: request.params.path };
  Object.defineProperty(request, 'query', { value: query });
  Object.defineProperty(request, 'cookies', { value: cookies });
  return NextAuth(request, response, authOptions);
});
app.get('/', (_, response) => void response.send('Home'));
app.listen(Number(process.env.PORT));
