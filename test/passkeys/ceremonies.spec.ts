import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import { eventsOf } from '../support/audit.js';
import { type Deviations, FLAGS, SoftwareAuthenticator } from '../support/authenticator.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { addPasskey, fetchOptions, requestOptions, signInWithPasskey, signedIn } from '../support/passkeys.js';
import { countStatuses, isFault, race, racingSubmit, times } from '../support/race.js';
import { asksForCode, codeOf, forgetSteps, givenUserWithApp, submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const platform = givenPlatform();
/** People sign in with their password although they have a passkey. */
const ALONE = { second_factor: 'off' };
const acme = givenTenant(platform, 'acme', ALONE);
const globex = givenTenant(platform, 'globex', ALONE);
const plain = givenTenant(platform, 'plain', { ...ALONE, passkey_user_verification: 'preferred' });
const second = givenTenant(platform, 'second', { ...ALONE, passkeys: 'second_factor' });
const without = givenTenant(platform, 'without', { passkeys: 'off' });

const originOf = (issuer: string) => new URL(issuer).origin;
const authenticatorAt = (issuer: string, ...more: number[]) => new SoftwareAuthenticator(originOf(issuer), ...more);
const noticeOf = (page: Page) => /<p class="notice-title">([^<]*)/.exec(page.text)?.[1];
const isSignedIn = async (browser: TestBrowser, issuer: string) =>
  (await browser.open(`${issuer}/account`)).text.includes('Signed in as');

/** Made when the first test needs it, because a sign-in with a password takes a while. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

const alice = once(() => signedIn(acme.issuer));

/** Somebody of their own, for tests that count or remove passkeys. */
async function newUser(slug: string, username: string): Promise<string> {
  const user = { username, password: ALICE_PASSWORD, name: `The person ${username}` };
  return (await platform.operator.create<{ id: string }>(`/tenants/${slug}/users`, user)).id;
}

afterEach(() => void jest.restoreAllMocks());

describe('WebAuthn Level 3 §7.1: adding a passkey', () => {
  it('asks for what the policy says, and offers the page to keep', async () => {
    const browser = await alice();
    const page = await browser.open(`${acme.issuer}/account/passkeys`);
    const options = await fetchOptions(browser, page);
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Tenant acme' },
      user: { name: 'alice', displayName: 'Alice Archer' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      extensions: { credentialProtectionPolicy: 'userVerificationOptionalWithCredentialIDList' },
    });
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    const other = await signedIn(second.issuer);
    const ofSecond = await fetchOptions(other, await other.open(`${second.issuer}/account/passkeys`));
    expect(ofSecond.authenticatorSelection).toMatchObject({ residentKey: 'preferred', userVerification: 'preferred' });
    expect(ofSecond.user.id).not.toBe(options.user.id);
  });

  it('lists the new one under the name of its provider or device, and excludes it from then on', async () => {
    await newUser('acme', 'lists');
    const browser = await signedIn(acme.issuer, 'lists');
    const aaguid = Buffer.from('fbfc3007154e4ecc8c0b6e020557d7bd', 'hex');
    const key = new SoftwareAuthenticator(originOf(acme.issuer), FLAGS.up | FLAGS.uv | FLAGS.be | FLAGS.bs, aaguid);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const { answer } = await addPasskey(acme.issuer, { browser, authenticator: key });
      expect(noticeOf(answer)).toBe('Passkey added');
      expect(answer.text).toMatch(/<bdi>iCloud Keychain<\/bdi> <span class="chip">On several devices/);
    });
    expect(events.map(({ type }) => type)).toContain('passkey.added');
    const again = await addPasskey(acme.issuer, { browser });
    expect(again.options.excludeCredentials.map(({ id }) => id)).toEqual([key.id]);
    expect(again.answer.text).toContain('Unknown browser');
  });

  const WRONG: readonly [string, Deviations][] = [
    ['another origin', { origin: 'https://evil.test' }],
    ['a host of ours', { origin: 'http://acme.localhost' }],
    ['another relying party', { rpId: 'evil.test' }],
    ['the type of a sign-in', { type: 'webauthn.get' }],
    ['a challenge of nobody', { challenge: Buffer.alloc(52).toString('base64url') }],
    ['nobody present', { flags: FLAGS.uv }],
    ['nobody verified', { flags: FLAGS.up }],
    ['an algorithm that was not offered', { alg: -37 }],
    ['a frame of another site', { clientData: { crossOrigin: true } }],
    ['a frame of another site that is named', { clientData: { crossOrigin: true, topOrigin: 'https://evil.test' } }],
    ['authenticator data cut short', { spoilAuthData: (bytes) => bytes.subarray(0, 60) }],
    ['authenticator data with a tail', { spoilAuthData: (bytes) => Buffer.concat([bytes, Buffer.alloc(9)]) }],
    ['CBOR cut short', { spoilAttestation: (bytes) => bytes.subarray(0, 20) }],
    ['CBOR that is none', { spoilAttestation: () => Buffer.alloc(64, 0xff) }],
    ['an empty map', { spoilAttestation: () => Buffer.from([0xa0]) }],
    ['a map that nests without end', { spoilAttestation: () => Buffer.alloc(9000, 0x81) }],
    ['a short credential id', { credentialId: Buffer.alloc(4) }],
  ];
  it.each(WRONG)('refuses %s', async (_, wrong) => {
    const browser = await alice();
    const before = (await browser.open(`${acme.issuer}/account/passkeys`)).text.match(/class="place"/g)?.length ?? 0;
    const { answer } = await addPasskey(acme.issuer, { browser, wrong });
    expect([answer.status, noticeOf(answer)]).toEqual([400, 'Nothing was changed']);
    const after = (await browser.open(`${acme.issuer}/account/passkeys`)).text.match(/class="place"/g)?.length ?? 0;
    expect(after).toBe(before);
  });

  it.each(['', '{', 'null', '[]', '"x"', '{"id":1}', '{"type":"public-key"}', 'x'.repeat(25_000)])(
    'refuses what is no credential: %.20s',
    async (credential) => {
      const browser = await alice();
      const page = await browser.open(`${acme.issuer}/account/passkeys`);
      expect((await browser.submit(page, 'passkey-form', { credential })).status).toBe(400);
      const guest = new TestBrowser();
      const signIn = await guest.open(`${acme.issuer}/sign-in`);
      expect((await guest.submit(signIn, 'passkey-form', { credential })).status).toBe(400);
    },
  );

  it('takes a credential once, whoever brings it', async () => {
    const { authenticator } = await addPasskey(acme.issuer, { browser: await alice() });
    await newUser('acme', 'copies');
    const { answer } = await addPasskey(acme.issuer, { browser: await signedIn(acme.issuer, 'copies'), authenticator });
    expect(answer.text).toContain('has been added already');
  });

  it('takes one of fifty answers to a challenge', async () => {
    const id = await newUser('acme', 'races');
    const browser = await signedIn(acme.issuer, 'races');
    const page = await browser.open(`${acme.issuer}/account/passkeys`);
    const options = await fetchOptions(browser, page);
    const requests = times(50, () =>
      racingSubmit(browser, page, 'passkey-form', { credential: authenticatorAt(acme.issuer).create(options) }),
    );
    const answers = await race([platform.config.listen.port], requests);
    expect(answers.filter(({ headers }) => headers.location?.endsWith('passkey_added'))).toHaveLength(1);
    expect(answers.filter(({ status }) => isFault(status))).toEqual([]);
    const { data } = await platform.operator.get<{ data: unknown[] }>(`/tenants/acme/passkeys?user_id=${id}`);
    expect(data).toHaveLength(1);
  });

  it('keeps twenty at most', async () => {
    const id = await newUser('acme', 'collects');
    await platform.database.query(
      `INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports, backup_eligible,
                             backed_up, aaguid, name)
       SELECT $1, gen_random_uuid(), $2, 'localhost', decode(md5('collects ' || n), 'hex'), '', 0, '{}', false, false,
              gen_random_uuid(), 'Key ' || n FROM generate_series(1, 19) n`,
      [acme.id, id],
    );
    const browser = await signedIn(acme.issuer, 'collects');
    const page = await browser.open(`${acme.issuer}/account/passkeys`);
    const [first, last] = [await fetchOptions(browser, page), await fetchOptions(browser, page)];
    const key = authenticatorAt(acme.issuer);
    const added = await browser.submit(page, 'passkey-form', { credential: key.create(first) });
    expect(noticeOf(added)).toBe('Passkey added');
    const more = await browser.submit(page, 'passkey-form', { credential: authenticatorAt(acme.issuer).create(last) });
    expect(more.text).toContain('as many passkeys as you can have');
    expect((await requestOptions(browser, page)).status).toBe(409);
  });
});

describe('WebAuthn Level 3 §7.2: signing in with a passkey alone', () => {
  it('answers an authorization request, and says how it was done', async () => {
    const { authenticator } = await addPasskey(acme.issuer, { browser: await alice() });
    const { verifier, challenge } = pkce();
    const url = authorizeUrl(acme.issuer, {
      code_challenge: challenge,
      code_challenge_method: 'S256',
      prompt: 'consent',
    });
    const { browser, options, answer } = await signInWithPasskey(url, authenticator);
    expect(options).toMatchObject({ rpId: 'localhost', allowCredentials: [], userVerification: 'required' });
    const { code = '' } = responseOf(await browser.decide(answer, 'approve'));
    const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<{ id_token: string }>();
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: acme.aliceId, acr: 'phr', amr: ['hwk', 'user', 'mfa'] });
  });

  it('stays signed in where that was ticked, and comes first the next time', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { remember_me: 'offered' } });
    const { authenticator } = await addPasskey(acme.issuer, { browser: await alice() });
    const browser = new TestBrowser();
    const page = await browser.open(`${acme.issuer}/sign-in`);
    const credential = authenticator.get(await fetchOptions(browser, page));
    await browser.submit(page, 'passkey-form', { credential, remember_me: 'on' });
    const next = await browser.open(`${acme.issuer}/sign-in?again`);
    expect(next.text).toMatch(/id="remember-me"[^>]* checked/);
    expect(next.text.indexOf('id="passkey-form"')).toBeLessThan(next.text.indexOf('id="login-form"'));
    await platform.operator.patch('/tenants/acme', { policy: { remember_me: null } });
  });

  it('says of a passkey that may be copied that its key is in software', async () => {
    const authenticator = authenticatorAt(acme.issuer, FLAGS.up | FLAGS.uv | FLAGS.be);
    await addPasskey(acme.issuer, { browser: await alice(), authenticator });
    const events = await eventsOf(platform.operator, 'acme', () =>
      signInWithPasskey(`${acme.issuer}/sign-in`, authenticator),
    );
    const signedInAs = events.find(({ type }) => type === 'user.signed_in');
    expect(signedInAs).toMatchObject({ user_id: acme.aliceId, details: { amr: ['swk', 'user', 'mfa'] } });
  });

  it('counts a passkey without verified user as one factor where the policy lets it in', async () => {
    const authenticator = authenticatorAt(plain.issuer, FLAGS.up);
    await addPasskey(plain.issuer, { authenticator });
    const events = await eventsOf(platform.operator, 'plain', async () => {
      const { browser, options } = await signInWithPasskey(`${plain.issuer}/sign-in`, authenticator);
      expect(options.userVerification).toBe('preferred');
      expect(await isSignedIn(browser, plain.issuer)).toBe(true);
    });
    const signedInAs = events.find(({ type }) => type === 'user.signed_in');
    expect(signedInAs?.details).toMatchObject({ amr: ['hwk', 'user'] });
  });

  it('asks whoever has an app for its code, when the passkey verified nobody', async () => {
    await platform.operator.patch('/tenants/plain', { policy: { second_factor: 'optional' } });
    const { username, secret } = await givenUserWithApp(platform, plain, 'both');
    await forgetSteps(platform);
    const person = await signedIn(plain.issuer, username);
    const challenge = await person.open(`${plain.issuer}/account`);
    await submitCode(person, challenge, await codeOf(secret));
    const authenticator = authenticatorAt(plain.issuer, FLAGS.up);
    await addPasskey(plain.issuer, { browser: person, authenticator });
    await forgetSteps(platform);
    const { browser, answer } = await signInWithPasskey(`${plain.issuer}/sign-in`, authenticator);
    expect([asksForCode(answer), await isSignedIn(browser, plain.issuer)]).toEqual([true, false]);
    await submitCode(browser, answer, await codeOf(secret));
    expect(await isSignedIn(browser, plain.issuer)).toBe(true);
    await platform.operator.patch('/tenants/plain', { policy: { second_factor: 'off' } });
  });

  const WRONG: readonly [string, Deviations, string][] = [
    ['another origin', { origin: 'https://evil.test' }, 'The passkey was not accepted'],
    ['a host of ours', { origin: 'http://acme.localhost' }, 'The passkey was not accepted'],
    ['another relying party', { rpId: 'evil.test' }, 'The passkey was not accepted'],
    ['the type of a registration', { type: 'webauthn.create' }, 'The passkey was not accepted'],
    ['nobody present', { flags: FLAGS.uv }, 'The passkey was not accepted'],
    ['nobody verified', { flags: FLAGS.up }, 'The passkey was not accepted'],
    ['another kind of key than was made', { flags: FLAGS.up | FLAGS.uv | FLAGS.be }, 'The passkey was not accepted'],
    ['a backup of what cannot be backed up', { flags: FLAGS.up | FLAGS.uv | FLAGS.bs }, 'The passkey was not accepted'],
    ['a frame of another site', { clientData: { crossOrigin: true } }, 'The passkey was not accepted'],
    [
      'a wrong signature',
      { spoilSignature: (bytes) => Buffer.from(bytes.map((b, i) => (i === 20 ? b ^ 1 : b))) },
      'The passkey was not accepted',
    ],
    ['no signature worth the name', { spoilSignature: () => Buffer.from([0]) }, 'The passkey was not accepted'],
    [
      'authenticator data cut short',
      { spoilAuthData: (bytes) => bytes.subarray(0, 30) },
      'The passkey was not accepted',
    ],
    ['no user handle', { userHandle: null }, 'The passkey was not accepted'],
    [
      'somebody else’s user handle',
      { userHandle: Buffer.alloc(32).toString('base64url') },
      'The passkey was not accepted',
    ],
    ['a challenge of nobody', { challenge: Buffer.alloc(52).toString('base64url') }, 'That took too long'],
    ['an empty challenge', { challenge: '' }, 'The passkey was not accepted'],
    ['an unknown passkey', { credentialId: Buffer.alloc(32, 5) }, 'This passkey is not known here'],
  ];
  const shared = once(async () => (await addPasskey(acme.issuer, { browser: await alice() })).authenticator);
  it.each(WRONG)('refuses %s', async (_, wrong, notice) => {
    const authenticator = await shared();
    const { browser, answer } = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator, { wrong });
    expect([answer.status, noticeOf(answer)]).toEqual([400, notice]);
    expect(await isSignedIn(browser, acme.issuer)).toBe(false);
  });

  it('takes an answer once', async () => {
    const authenticator = await shared();
    const browser = new TestBrowser();
    const page = await browser.open(`${acme.issuer}/sign-in`);
    const credential = authenticator.get(await fetchOptions(browser, page));
    expect((await browser.submit(page, 'passkey-form', { credential })).url).toBe(`${acme.issuer}/account`);
    const again = await browser.submit(page, 'passkey-form', { credential });
    expect(noticeOf(again)).toBe('That took too long');
  });

  it('takes one of fifty answers that come at once', async () => {
    const authenticator = await shared();
    const browser = new TestBrowser();
    const page = await browser.open(`${acme.issuer}/sign-in`);
    const options = await fetchOptions(browser, page);
    const requests = times(50, () =>
      racingSubmit(browser, page, 'passkey-form', { credential: authenticator.get(options) }),
    );
    const answers = await race([platform.config.listen.port], requests);
    const { 303: taken, 400: refused = 0, 503: busy = 0 } = countStatuses(answers);
    expect([taken, refused + busy]).toEqual([1, 49]);
  });

  it('takes an answer from the browser that asked, for the page that asked, and in time', async () => {
    const authenticator = await shared();
    const [browser, other] = [new TestBrowser(), new TestBrowser()];
    const page = await browser.open(`${acme.issuer}/sign-in`);
    const elsewhere = await other.open(`${acme.issuer}/sign-in`);
    const credential = authenticator.get(await fetchOptions(browser, page));
    expect(noticeOf(await other.submit(elsewhere, 'passkey-form', { credential }))).toBe('That took too long');
    const request = await browser.open(
      authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }),
    );
    expect(noticeOf(await browser.submit(request, 'passkey-form', { credential }))).toBe('That took too long');
    const now = Date.now() + 601_000;
    jest.spyOn(Date, 'now').mockReturnValue(now);
    expect(noticeOf(await browser.submit(page, 'passkey-form', { credential }))).toBe('That took too long');
    jest.restoreAllMocks();
    expect((await browser.submit(page, 'passkey-form', { credential })).status).toBe(200);
    expect(await isSignedIn(browser, acme.issuer)).toBe(true);
  });

  it('does not take an answer that was given to add a passkey', async () => {
    const authenticator = await shared();
    const browser = await alice();
    const account = await browser.open(`${acme.issuer}/account/passkeys`);
    const { challenge } = await fetchOptions(browser, account);
    const page = await browser.open(
      authorizeUrl(acme.issuer, { prompt: 'login', code_challenge: pkce().challenge, code_challenge_method: 'S256' }),
    );
    const credential = authenticator.get({ challenge, rpId: 'localhost' });
    expect(noticeOf(await browser.submit(page, 'passkey-form', { credential }))).toBe('That took too long');
  });

  it('refuses a counter that went back, and records it', async () => {
    await newUser('acme', 'counts');
    const authenticator = authenticatorAt(acme.issuer);
    authenticator.counter = 5;
    await addPasskey(acme.issuer, { browser: await signedIn(acme.issuer, 'counts'), authenticator });
    const { browser } = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator);
    expect(await isSignedIn(browser, acme.issuer)).toBe(true);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      for (const counter of [6, 2, 0]) {
        const { answer } = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator, { wrong: { counter } });
        expect(noticeOf(answer)).toBe('The passkey was not accepted');
      }
    });
    const rolledBack = events.filter(({ type }) => type === 'passkey.counter_rolled_back');
    expect(rolledBack.map(({ details }) => details)).toEqual([6, 2, 0].map((received) => ({ stored: 6, received })));
  });

  it('refuses a disabled account as it refuses a wrong answer', async () => {
    const id = await newUser('acme', 'disabled');
    const authenticator = authenticatorAt(acme.issuer);
    await addPasskey(acme.issuer, { browser: await signedIn(acme.issuer, 'disabled'), authenticator });
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    const { answer } = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator);
    expect(noticeOf(answer)).toBe('The passkey was not accepted');
  });
});

describe('the relying party', () => {
  it('is shared by tenants at their paths, and their passkeys are not', async () => {
    const ofAcme = authenticatorAt(acme.issuer);
    await addPasskey(acme.issuer, { authenticator: ofAcme });
    const { browser, answer } = await signInWithPasskey(`${globex.issuer}/sign-in`, ofAcme);
    expect(noticeOf(answer)).toBe('This passkey is not known here');
    expect(await isSignedIn(browser, globex.issuer)).toBe(false);
    // It is known at acme, so the browser must not be told to forget it.
    expect(answer.text).not.toContain('signalUnknownCredential');
    const ofGlobex = authenticatorAt(globex.issuer);
    const { options } = await addPasskey(globex.issuer, { authenticator: ofGlobex });
    expect(options.excludeCredentials).toEqual([]);
    const { options: second } = await addPasskey(globex.issuer, { browser: await signedIn(globex.issuer) });
    expect(second.excludeCredentials.map(({ id }) => id)).toEqual([ofGlobex.id]);
  });

  it('does not take a challenge of another tenant', async () => {
    const browser = new TestBrowser();
    const page = await browser.open(`${globex.issuer}/sign-in`);
    const ofAcme = new TestBrowser();
    const { challenge } = await fetchOptions(ofAcme, await ofAcme.open(`${acme.issuer}/sign-in`));
    const authenticator = authenticatorAt(globex.issuer);
    await addPasskey(globex.issuer, { authenticator });
    const credential = authenticator.get({ challenge, rpId: 'localhost' });
    expect(noticeOf(await browser.submit(page, 'passkey-form', { credential }))).toBe('That took too long');
  });

  it('is the host at a host, and passkeys of one address are not taken at the other', async () => {
    const atHost = authenticatorAt(acme.hostIssuer);
    const { options, answer } = await addPasskey(acme.hostIssuer, { authenticator: atHost });
    expect(options.rp.id).toBe('acme.localhost');
    expect(noticeOf(answer)).toBe('Passkey added');
    const { browser } = await signInWithPasskey(`${acme.hostIssuer}/sign-in`, atHost);
    expect(await isSignedIn(browser, acme.hostIssuer)).toBe(true);
    const { answer: atPath } = await signInWithPasskey(`${acme.issuer}/sign-in`, atHost, {
      wrong: { origin: originOf(acme.issuer) },
    });
    expect(noticeOf(atPath)).toBe('This passkey is not known here');
    const account = await (await alice()).open(`${acme.issuer}/account/passkeys`);
    expect(account.text).toMatch(/Works at <bdi class="host" dir="ltr">acme\.localhost<\/bdi> only/);
  });

  it('tells the browser to forget a passkey that was removed here', async () => {
    await newUser('acme', 'forgets');
    const browser = await signedIn(acme.issuer, 'forgets');
    const { authenticator, answer, options } = await addPasskey(acme.issuer, { browser });
    const kept = authenticatorAt(acme.issuer);
    await addPasskey(acme.issuer, { browser, authenticator: kept });
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const removed = await browser.submit(answer, '/account/passkeys/remove');
      expect(noticeOf(removed)).toBe('Passkey removed');
      expect(signalsOf(removed)).toEqual([
        {
          method: 'signalAllAcceptedCredentials',
          details: { rpId: 'localhost', userId: options.user.id, allAcceptedCredentialIds: [kept.id] },
        },
        {
          method: 'signalCurrentUserDetails',
          details: { rpId: 'localhost', userId: options.user.id, name: 'forgets', displayName: 'The person forgets' },
        },
      ]);
    });
    expect(events.map(({ type }) => type)).toContain('passkey.removed');
    const tried = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator);
    expect(signalsOf(tried.answer)).toEqual([
      { method: 'signalUnknownCredential', details: { rpId: 'localhost', credentialId: authenticator.id } },
    ]);
  });
});

describe('policy', () => {
  it('second_factor: the sign-in page has no passkeys, and takes none', async () => {
    const { answer, authenticator } = await addPasskey(second.issuer);
    expect(noticeOf(answer)).toBe('Passkey added');
    const browser = new TestBrowser();
    const page = await browser.open(`${second.issuer}/sign-in`);
    expect(page.text).not.toContain('passkey');
    expect(page.headers['content-security-policy']).not.toContain('connect-src');
    const body = { ...formOf(page), credential: authenticator.get({ challenge: 'AAAA', rpId: 'localhost' }) };
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const sent = await browser.request(
      'POST',
      `${second.issuer}/sign-in/passkey`,
      new URLSearchParams(body).toString(),
      headers,
    );
    expect(noticeOf(sent)).toBe('Passkeys cannot be used for that here');
    const asked = await browser.request(
      'POST',
      `${second.issuer}/sign-in/passkey/options`,
      new URLSearchParams(formOf(page)).toString(),
      headers,
    );
    expect([asked.status, asked.json()]).toEqual([409, { error: 'off' }]);
  });

  it('off: the account has no passkeys', async () => {
    const browser = await signedIn(without.issuer);
    expect((await browser.open(`${without.issuer}/account/security`)).text).not.toContain('passkeys');
    expect((await browser.open(`${without.issuer}/account/passkeys`)).text).not.toContain('passkey-form');
  });
});

describe('the account page', () => {
  it('renames', async () => {
    await newUser('acme', 'renames');
    const browser = await signedIn(acme.issuer, 'renames');
    const { answer } = await addPasskey(acme.issuer, { browser });
    let renamed = answer;
    const [event] = await eventsOf(platform.operator, 'acme', async () => {
      renamed = await browser.submit(answer, '/account/passkeys/rename', { name: ' Blue key ' });
    });
    expect(noticeOf(renamed)).toBe('Passkey renamed');
    expect(renamed.text).toContain('<bdi>Blue key</bdi>');
    expect(event).toMatchObject({
      type: 'passkey.renamed',
      details: { before: { name: expect.stringMatching(/./) }, after: { name: 'Blue key' } },
    });
    const [gone] = await eventsOf(platform.operator, 'acme', () => browser.submit(renamed, '/account/passkeys/remove'));
    expect(gone).toMatchObject({
      type: 'passkey.removed',
      details: { before: { name: 'Blue key', rp_id: 'localhost' } },
    });
  });

  it('refuses names that are none', async () => {
    await newUser('acme', 'misnames');
    const browser = await signedIn(acme.issuer, 'misnames');
    const { answer } = await addPasskey(acme.issuer, { browser });
    for (const name of ['', ' ', 'x'.repeat(61), 'a\u202eb']) {
      const refused = await browser.submit(answer, '/account/passkeys/rename', { name });
      expect([refused.status, noticeOf(refused)]).toEqual([400, 'Nothing was changed']);
    }
  });

  it('does nothing to passkeys of others', async () => {
    await newUser('acme', 'owner');
    await newUser('acme', 'thief');
    const owner = await signedIn(acme.issuer, 'owner');
    const { answer } = await addPasskey(acme.issuer, { browser: owner });
    const [, passkey = ''] = /name="passkey" value="([^"]*)"/.exec(answer.text) ?? [];
    const thief = await signedIn(acme.issuer, 'thief');
    const { answer: own } = await addPasskey(acme.issuer, { browser: thief });
    await thief.submit(own, '/account/passkeys/remove', { passkey });
    await thief.submit(own, '/account/passkeys/rename', { passkey, name: 'Mine' });
    await thief.submit(own, '/account/passkeys/remove', { passkey: 'nonsense' });
    const after = await owner.open(`${acme.issuer}/account/passkeys`);
    expect(after.text).toContain(passkey);
    expect(after.text).not.toContain('Mine');
  });
});

function signalsOf(page: Page): unknown {
  const [, text = ''] = /data-passkey-signals="([^"]*)"/.exec(page.text) ?? [];
  return JSON.parse(text.replaceAll('&quot;', '"'));
}

function formOf(page: Page): Record<string, string> {
  const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(page.text) ?? [];
  return { csrf };
}
