import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ListedEvent, eventsOf } from '../support/audit.js';
import { TestBrowser, readForm } from '../support/browser.js';
import { basic, postForm } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  WEB_REDIRECT,
  authorize,
  authorizeUrl,
  clientCredentials,
  createTenant,
  getSpaTokens,
  getTokens,
  pkce,
  redeem,
  refresh,
} from '../support/tenant-fixture.js';

const platform = givenPlatform();
let acme: TenantFixture;
let count = 0;

beforeEach(async () => {
  const policy = { allow_implicit_grant: true, allow_password_grant: true };
  acme = await createTenant(platform, `acme-${(count += 1)}`, policy);
});

const during = (work: () => Promise<unknown>) => eventsOf(platform.operator, acme.slug, work);
const typesOf = (events: readonly ListedEvent[]) => events.map(({ type }) => type);
const challenge = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });

describe('a sign-in', () => {
  it('that succeeds, its consent and its authorization are recorded, in this order', async () => {
    const events = await during(() => authorize(acme.issuer, { ...challenge(), scope: 'openid orders:read' }));
    expect(typesOf(events)).toEqual(['user.signed_in', 'consent.granted', 'authorization.granted']);
    const [signedIn, consented, granted] = events;
    expect(signedIn).toMatchObject({ outcome: 'success', user_id: acme.aliceId, details: { amr: ['pwd'] } });
    const access = { scope: ['openid', 'orders:read'], resources: ['', acme.api] };
    const both = { outcome: 'success', user_id: acme.aliceId, client_id: 'web', address: '127.0.0.1' };
    expect(consented).toMatchObject({ ...both, details: access });
    expect(granted).toMatchObject({ ...both, details: { ...access, response_type: 'code' } });
    expect(granted?.request_id).toMatch(/\S{8,}/);
  });

  it('that is not needed any more leaves the authorization alone', async () => {
    const browser = new TestBrowser();
    await authorize(acme.issuer, challenge(), browser);
    expect(typesOf(await during(() => authorize(acme.issuer, challenge(), browser)))).toEqual([
      'authorization.granted',
    ]);
  });

  it('that fails is recorded with the name that was typed, the user, the client and the request', async () => {
    const typed = 'a wrong password that was typed';
    let request = '';
    const events = await during(async () => {
      const browser = new TestBrowser();
      const page = await browser.open(authorizeUrl(acme.issuer, challenge()));
      request = readForm(page, 'login-form').fields['request'] ?? '';
      await browser.signIn(page, 'ALICE', typed);
      await browser.signIn(page, 'nobody-of-this-name', typed);
    });
    const failure = { type: 'user.sign_in_failed', outcome: 'failure', client_id: 'web' };
    const details = { reason: 'invalid_credentials', request };
    expect(request).toMatch(/^[0-9a-f-]{36}$/);
    expect(events).toMatchObject([
      { ...failure, user_id: acme.aliceId, details: { ...details, identifier: 'ALICE', cause: 'wrong_password' } },
      { ...failure, user_id: null, details: { ...details, identifier: 'nobody-of-this-name', cause: 'unknown_user' } },
    ]);
    expect(JSON.stringify(events)).not.toContain(typed);
  });

  it.each(['correct horse battery staple', 'p4$$word!', 'one two', `${'x'.repeat(300)}`, 'the-same-in-both-fields'])(
    'that fails does not keep what may be a password: %s',
    async (typed) => {
      const events = await during(async () => {
        const browser = new TestBrowser();
        const page = await browser.open(authorizeUrl(acme.issuer, challenge()));
        await browser.signIn(page, typed, 'the-same-in-both-fields');
      });
      expect(events).toMatchObject([{ type: 'user.sign_in_failed', details: { identifier_withheld: true } }]);
      expect(JSON.stringify(events)).not.toContain(typed);
    },
  );

  it('by the password grant is one, too', async () => {
    await platform.operator.patch(`/tenants/${acme.slug}/clients/web`, {
      grant_types: ['authorization_code', 'password'],
    });
    const form = { grant_type: 'password', username: 'alice', scope: 'openid' };
    const authorization = basic('web', acme.secrets.web);
    const events = await during(async () => {
      await postForm(`${acme.issuer}/token`, { ...form, password: ALICE_PASSWORD }, { authorization });
      await postForm(`${acme.issuer}/token`, { ...form, password: 'wrong wrong wrong' }, { authorization });
    });
    expect(typesOf(events)).toEqual(['user.signed_in', 'token.issued', 'user.sign_in_failed', 'token.refused']);
    expect(events[0]).toMatchObject({ user_id: acme.aliceId, client_id: 'web', details: { grant_type: 'password' } });
  });
});

describe('a sign-out', () => {
  it('is recorded for who was signed in', async () => {
    const browser = new TestBrowser();
    await authorize(acme.issuer, challenge(), browser);
    const page = await browser.open(`${acme.issuer}/end-session`);
    const events = await during(() => browser.submit(page, 'logout-confirm'));
    expect(events).toMatchObject([{ type: 'user.signed_out', outcome: 'success', user_id: acme.aliceId }]);
  });
});

describe('an authorization', () => {
  it('that hands out tokens by the browser says so', async () => {
    const client = { grant_types: ['implicit', 'authorization_code'], response_types: ['code', 'id_token token'] };
    await platform.operator.patch(`/tenants/${acme.slug}/clients/web`, client);
    const params = { response_type: 'id_token token', nonce: 'n', scope: 'openid' };
    const events = await during(() => authorize(acme.issuer, params));
    const granted = events.find(({ type }) => type === 'authorization.granted');
    expect(granted?.details).toMatchObject({ response_type: 'id_token token', scope: ['openid'] });
  });

  it('that the user denies is recorded as denied and refused, not as granted', async () => {
    const browser = new TestBrowser();
    const events = await during(async () => {
      const page = await browser.open(authorizeUrl(acme.issuer, challenge()));
      await browser.decide(await browser.signIn(page, 'alice', ALICE_PASSWORD), 'deny');
    });
    expect(typesOf(events)).toEqual(['user.signed_in', 'consent.denied', 'authorization.refused']);
    expect(events[2]).toMatchObject({ outcome: 'failure', client_id: 'web', details: { error: 'access_denied' } });
  });

  it('that is wrong is recorded with its error', async () => {
    const events = await during(() => authorize(acme.issuer, { ...challenge(), scope: 'openid users:read' }));
    expect(events).toMatchObject([{ type: 'authorization.refused', details: { error: 'invalid_scope' } }]);
  });

  it('that stays on our page says which redirect URI came, beside those that are registered', async () => {
    const wrong = `https://evil.test/${'x'.repeat(1000)}`;
    const events = await during(() => authorize(acme.issuer, { ...challenge(), redirect_uri: wrong }));
    expect(events).toMatchObject([
      {
        type: 'authorization.refused',
        outcome: 'failure',
        client_id: 'web',
        address: '127.0.0.1',
        details: { redirect_uri: wrong.slice(0, 300), registered_redirect_uris: [WEB_REDIRECT] },
      },
    ]);
  });

  it('of an unknown client says which one was named', async () => {
    const events = await during(() => authorize(acme.issuer, { ...challenge(), client_id: 'made-up' }));
    expect(events).toMatchObject([
      { type: 'authorization.refused', client_id: null, details: { error: 'invalid_client', client_id: 'made-up' } },
    ]);
  });
});

describe('the token endpoint', () => {
  it('records what it issues', async () => {
    const [event, ...others] = await during(() => clientCredentials(acme, { scope: 'orders:read' }));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'token.issued',
      outcome: 'success',
      client_id: 'machine',
      details: { grant_type: 'client_credentials', scope: 'orders:read' },
    });
  });

  it('records what it refuses, and why', async () => {
    const events = await during(async () => {
      await clientCredentials(acme, { scope: 'nothing' });
      await redeem(acme, { code: 'x', code_verifier: pkce().verifier, redirect_uri: WEB_REDIRECT });
    });
    expect(events).toMatchObject([
      { type: 'token.refused', outcome: 'failure', client_id: 'machine', details: { error: 'invalid_scope' } },
      { type: 'token.refused', outcome: 'failure', client_id: 'web', details: { error: 'invalid_grant' } },
    ]);
  });

  it('records a client that does not prove itself, and why, while it is told the same', async () => {
    const events = await during(async () => {
      const form = { grant_type: 'client_credentials' };
      await postForm(`${acme.issuer}/token`, form, { authorization: basic('machine', 'not-the-secret') });
      await postForm(`${acme.issuer}/introspect`, { token: 'x' }, { authorization: basic('web', 'not-the-secret') });
      await postForm(`${acme.issuer}/revoke`, { token: 'x' }, { authorization: basic('web', 'not-the-secret') });
      const unknown = await postForm(`${acme.issuer}/token`, form, { authorization: basic('made-up', 'x') });
      const wrong = await postForm(`${acme.issuer}/token`, form, { authorization: basic('machine', 'x') });
      expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
    });
    const failure = {
      type: 'client.authentication_failed',
      outcome: 'failure',
      details: { method: 'client_secret_basic', reason: 'secret_wrong' },
    };
    expect(events).toMatchObject([
      { ...failure, client_id: 'machine' },
      { ...failure, client_id: 'web' },
      { ...failure, client_id: 'web' },
      { ...failure, client_id: null, details: { reason: 'unknown_client', client_id: 'made-up' } },
      { ...failure, client_id: 'machine' },
    ]);
    expect(JSON.stringify(events)).not.toContain('not-the-secret');
  });

  it('records reuse of what works once', async () => {
    const spa = await getSpaTokens(acme);
    const token = String(spa['refresh_token']);
    const events = await during(async () => {
      await refresh(acme, String((await refresh(acme, token)).json()['refresh_token']));
      await refresh(acme, token);
    });
    expect(typesOf(events)).toEqual(['token.issued', 'token.issued', 'refresh_token.reused', 'token.refused']);
    expect(events[2]).toMatchObject({ outcome: 'failure', client_id: 'spa', user_id: acme.aliceId });
  });

  it('records revocation, and never a token', async () => {
    const tokens = await getTokens(acme);
    const authorization = basic('web', acme.secrets.web);
    const token = String(tokens['access_token']);
    const events = await during(() => postForm(`${acme.issuer}/revoke`, { token }, { authorization }));
    expect(events).toMatchObject([{ type: 'token.revoked', outcome: 'success', client_id: 'web' }]);
    const rows = JSON.stringify(await platform.database.query('SELECT * FROM audit_events'));
    for (const value of [token, ALICE_PASSWORD, acme.secrets.web, 'eyJ']) expect(rows).not.toContain(value);
  });
});
