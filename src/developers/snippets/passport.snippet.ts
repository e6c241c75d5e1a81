import { inJavaScript as js } from './literals.js';
import type { Snippet } from './snippet.js';

/** passport-openidconnect sends no PKCE, so it needs the nonce. It adds the scope `openid` itself. */
export const passportSnippet: Snippet = {
  library: 'passport-openidconnect',
  title: 'passport-openidconnect',
  language: 'Node.js',
  install: 'npm install express express-session passport passport-openidconnect',
  kinds: ['web'],
  secrets: ['post'],
  needsOpenId: true,
  write: ({ issuer, clientId, redirectUri, scopes }) => ({
    name: 'server.mjs',
    text: `import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-openidconnect';

passport.use(
  new Strategy(
    {
      issuer: ${js(issuer)},
      authorizationURL: ${js(`${issuer}/authorize`)},
      tokenURL: ${js(`${issuer}/token`)},
      userInfoURL: ${js(`${issuer}/userinfo`)},
      clientID: ${js(clientId)},
      clientSecret: process.env.CLIENT_SECRET,
      callbackURL: ${js(redirectUri)},
      scope: [${scopes
        .filter((scope) => scope !== 'openid')
        .map(js)
        .join(', ')}],
      nonce: true,
    },
    (issuer, profile, done) => done(null, profile),
  ),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.use(passport.session());
app.get('/login', passport.authenticate('openidconnect'));
app.get(${js(new URL(redirectUri).pathname)}, passport.authenticate('openidconnect'), (request, response) => {
  response.json(request.user);
});
app.listen(process.env.PORT ?? 8080);
`,
  }),
};
