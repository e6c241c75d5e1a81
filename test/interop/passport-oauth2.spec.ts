import { Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import { TestBrowser } from '../support/browser.js';
import { send } from '../support/http.js';
import { type Address, ADDRESSES, addressOf, signInAndAllow, startTwoTenants, type TwoTenants } from './tenants.js';

let tenants: TwoTenants;
beforeAll(async () => void (tenants = await startTwoTenants()));
afterAll(() => tenants.platform.stop());

/** `*.localhost` is this machine for browsers, and for Node.js only when the resolver says so. */
const agent = new Agent({
  lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
});

/** An application of the years before PKCE. */
async function startApplication({ tenant, issuer }: Address): Promise<{ url: string; server: Server }> {
  const app = express();
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await tenants.platform.operator.create(`/tenants/${tenant.slug}/clients`, {
    client_id: `application-${new URL(url).port}`,
    client_secret: 'a-secret-that-is-long-enough-for-an-import',
    redirect_uris: [`${url}/callback`],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
    require_pkce: false,
    scope: 'openid profile',
  });
  const strategy = new OAuth2Strategy(
    {
      authorizationURL: `${issuer}/authorize`,
      tokenURL: `${issuer}/token`,
      clientID: `application-${new URL(url).port}`,
      clientSecret: 'a-secret-that-is-long-enough-for-an-import',
      callbackURL: `${url}/callback`,
      scope: ['profile'],
    },
    (accessToken: string, _refresh: string, _profile: object, done: OAuth2Strategy.VerifyCallback) =>
      done(null, { accessToken }),
  );
  // Where the library's users give it a proxy or an agent.
  (strategy as unknown as { _oauth2: { setAgent(agent: Agent): void } })._oauth2.setAgent(agent);
  app.get('/login', passport.authenticate(strategy, { session: false }));
  app.get('/callback', passport.authenticate(strategy, { session: false }), (request, response) => {
    response.json(request.user);
  });
  return { url, server };
}

describe.each(ADDRESSES)('passport-oauth2 without PKCE with %s at its %s', (slug, kind) => {
  it('signs a person in where the tenant excuses the client from PKCE', async () => {
    const address = addressOf(tenants, slug, kind);
    const { url, server } = await startApplication(address);
    try {
      const login = await new TestBrowser().request('GET', `${url}/login`);
      const back = await signInAndAllow(login.headers.location ?? '');
      const answer = await send(back.href);
      expect(answer.status).toBe(200);
      const { accessToken } = answer.json<{ accessToken: string }>();
      const userinfo = `${address.issuer}/userinfo`;
      const person = await send(userinfo, { headers: { authorization: `Bearer ${accessToken}` } });
      // Without the scope `openid` this is plain OAuth, and userinfo is no resource of the token.
      expect(person.status).toBe(403);
      expect(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
        iss: address.issuer,
        sub: address.tenant.aliceId,
      });
    } finally {
      server.close();
    }
  });
});
