// Passport with passport-openidconnect.
import express from 'express';
import session from 'express-session';
import passport from 'passport';
// docs:start
import { Strategy } from 'passport-openidconnect';

passport.use(
  new Strategy(
    {
      issuer: process.env.ISSUER,
      authorizationURL: `${process.env.ISSUER}/authorize`,
      tokenURL: `${process.env.ISSUER}/token`,
      userInfoURL: `${process.env.ISSUER}/userinfo`,
      clientID: process.env.CLIENT_ID,
      clientSecret: process.env.CLIENT_SECRET,
      callbackURL: process.env.REDIRECT_URI,
      scope: ['profile', 'email'],
      nonce: true, // or the client is registered with require_pkce: false
    },
    (issuer, profile, done) => done(null, profile),
  ),
);
// docs:end
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));
const app = express();
app.use(session({ secret: 'a secret', resave: false, saveUninitialized: true }));
app.use(passport.session());
app.get('/login', passport.authenticate('openidconnect'));
app.get('/callback', passport.authenticate('openidconnect', { failureMessage: true }), ({ user }, response) => {
  response.json({ profile: { ...user, name: user.displayName, email: user.emails?.[0]?.value } });
});
app.listen(Number(process.env.PORT));
