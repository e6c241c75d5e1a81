import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { listEvents } from '../support/audit.js';
import { type HttpAnswer, basic, postForm, send } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectInvalid } from '../support/problems.js';
import { createTenant, introspect, userinfo } from '../support/tenant-fixture.js';
import { TICKET_GRANT, TicketGrant, sellTicket } from './ticket.grant.js';

const OWN_GRANTS = ['client_credentials', 'authorization_code', 'refresh_token'];
const TICKET_CLIENT = {
  client_id: 'kiosk',
  grant_types: [TICKET_GRANT],
  scope: 'openid profile orders:read stock:read',
};

const platform = givenPlatform({ grants: [TicketGrant] });
const acme = givenTenant(platform, 'acme');
let secret: string;

beforeAll(async () => {
  const kiosk = await platform.operator.create<{ client_secret: string }>('/tenants/acme/clients', TICKET_CLIENT);
  secret = kiosk.client_secret;
});

describe('RFC 6749 §4.5: a grant that is added from outside with one file and one line', () => {
  it('is in the discovery document beside the others', async () => {
    expect(await grantTypesSupported(acme.issuer)).toEqual(expect.arrayContaining([TICKET_GRANT, ...OWN_GRANTS]));
    expect(await grantTypesSupported(acme.hostIssuer)).toContain(TICKET_GRANT);
  });

  it('gives a token that verifies, is active and reaches the user', async () => {
    const answer = await exchange({ ticket: sellTicket(acme.aliceId), scope: 'openid profile orders:read' });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const tokens = answer.json<Record<string, string>>();
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'openid profile orders:read' });

    const jwks = (await send(`${acme.issuer}/jwks`)).json<{ keys: [] }>();
    const { payload } = await jwtVerify(String(tokens['access_token']), createLocalJWKSet(jwks), {
      issuer: acme.issuer,
      audience: acme.api,
    });
    expect(payload).toMatchObject({ sub: acme.aliceId, client_id: 'kiosk', amr: ['ticket'] });
    expect(await introspect(acme, String(tokens['access_token']), 'orders-api')).toMatchObject({ active: true });
    const person = (await userinfo(acme.issuer, String(tokens['access_token']))).json();
    expect(person).toMatchObject({ sub: acme.aliceId, name: 'Alice Archer' });
  });

  it('gives an opaque token where the API wants one', async () => {
    const tokens = (await exchange({ ticket: sellTicket(acme.aliceId), scope: 'stock:read' })).json();
    expect(tokens['access_token']).not.toContain('.');
    const answer = await introspect(acme, String(tokens['access_token']), 'orders-api');
    expect(answer).toMatchObject({ active: true, sub: acme.aliceId, scope: 'stock:read', aud: acme.opaqueApi });
  });

  it('answers its own refusals as the token endpoint does', async () => {
    const forged = await exchange({ ticket: `${acme.aliceId}.forged` });
    expect([forged.status, forged.json()['error']]).toEqual([400, 'invalid_grant']);
    const missing = await exchange({});
    expect([missing.status, missing.json()['error']]).toEqual([400, 'invalid_request']);
    const beyond = await exchange({ ticket: sellTicket(acme.aliceId), scope: 'orders:write' });
    expect([beyond.status, beyond.json()['error']]).toEqual([400, 'invalid_scope']);
  });

  it('is asked the one question of eligibility: a disabled user gets nothing', async () => {
    const bob = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: 'bob' });
    expect((await exchange({ ticket: sellTicket(bob.id) })).status).toBe(200);
    await platform.operator.patch(`/tenants/acme/users/${bob.id}`, { enabled: false });
    const answer = await exchange({ ticket: sellTicket(bob.id) });
    expect([answer.status, answer.json()['error']]).toEqual([400, 'invalid_grant']);
  });

  it('is refused to a client that is not registered for it', async () => {
    const form = { grant_type: TICKET_GRANT, ticket: sellTicket(acme.aliceId) };
    const answer = await postForm(`${acme.issuer}/token`, form, { authorization: basic('web', acme.secrets.web) });
    expect([answer.status, answer.json()['error']]).toEqual([400, 'unauthorized_client']);
  });

  it('is recorded like every other', async () => {
    await exchange({ ticket: sellTicket(acme.aliceId), scope: 'orders:read' });
    await exchange({ ticket: 'nobody.forged' });
    await platform.application.nest.get(AuditRecorder).flush();
    const events = (await listEvents(platform.operator, 'acme'))
      .filter(({ client_id: id }) => id === 'kiosk')
      .slice(-2);
    expect(events.map(({ type, details }) => [type, details?.['grant_type']])).toEqual([
      ['token.issued', TICKET_GRANT],
      ['token.refused', TICKET_GRANT],
    ]);
  });
});

describe('An installation without it', () => {
  let plain: Platform;
  beforeAll(async () => (plain = await startPlatform()));
  afterAll(() => plain.stop());

  it('neither offers, registers nor serves it', async () => {
    const tenant = await createTenant(plain, 'globex');
    expect([...(await grantTypesSupported(tenant.issuer))].sort()).toEqual([...OWN_GRANTS].sort());
    expectInvalid(await plain.operator.request('POST', '/tenants/globex/clients', TICKET_CLIENT), '/grant_types');
    const form = { grant_type: TICKET_GRANT, ticket: sellTicket(tenant.aliceId) };
    const answer = await postForm(`${tenant.issuer}/token`, form, { authorization: basic('web', tenant.secrets.web) });
    expect([answer.status, answer.json()['error']]).toEqual([400, 'unsupported_grant_type']);
  });
});

function exchange(form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const authorization = basic('kiosk', secret);
  return postForm(`${acme.issuer}/token`, { grant_type: TICKET_GRANT, ...form }, { authorization });
}

async function grantTypesSupported(issuer: string): Promise<string[]> {
  const metadata = await send(`${issuer}/.well-known/openid-configuration`);
  return metadata.json<{ grant_types_supported: string[] }>().grant_types_supported;
}
