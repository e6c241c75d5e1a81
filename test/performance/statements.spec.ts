import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { TenantCaches } from '../../src/database/tenant-caches.js';
import { WebhookDelivery } from '../../src/webhooks/webhook-delivery.js';
import { changesHeard } from '../support/changes-heard.js';
import { basic, postForm, send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { times } from '../support/race.js';
import { BATCH, StatementWatch } from '../support/statements.js';
import {
  type TenantFixture,
  clientCredentials,
  createTenant,
  getCode,
  getSpaTokens,
  getTokens,
  introspect,
  redeem,
  refresh,
  userinfo,
} from '../support/tenant-fixture.js';

const JWT = { scope: 'orders:read' };
const OPAQUE = { scope: 'stock:read' };

let platform: Platform;
let acme: TenantFixture;
/** Its tokens are issued also while they cannot be recorded. */
let patient: TenantFixture;
let watch: StatementWatch;

beforeAll(async () => {
  watch = new StatementWatch();
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
  patient = await createTenant(platform, 'patient', { allow_unrecorded_tokens: true });
  await changesHeard(platform);
  // Warm: tenant, clients, APIs and keys are in the caches of the process.
  await getSpaTokens(acme);
  const tokens = await getTokens(acme, { scope: 'openid orders:read' });
  await introspect(acme, String(tokens['access_token']));
  for (const issuer of [acme.issuer, acme.hostIssuer]) await clientCredentials(acme, JWT, issuer);
  await clientCredentials(patient, JWT);
  await send(`${acme.issuer}/jwks`);
});
afterAll(async () => {
  watch.restore();
  await platform.stop();
});

describe('Statements of a warm process, beside those that open and close a transaction', () => {
  it('are none for client credentials and a JWT', async () => {
    const statements = await watch.during(async () => {
      expect((await clientCredentials(acme, JWT)).status).toBe(200);
      expect((await clientCredentials(acme, JWT, acme.hostIssuer)).status).toBe(200);
    });
    expect(statements).toEqual([]);
  });

  it('are one for client credentials and an opaque token', async () => {
    const statements = await watch.during(() => clientCredentials(acme, OPAQUE));
    expect(statements).toEqual(['access_tokens.create']);
  });

  it('are those of requests alone: what a queue asks for work meanwhile is not among them', async () => {
    const queue = platform.application.nest.get(WebhookDelivery);
    const ofTheProcess = AsyncLocalStorage.snapshot();
    const statements = await watch.during(async () => {
      await ofTheProcess(() => queue.deliverDue());
      await clientCredentials(acme, OPAQUE);
      await ofTheProcess(() => queue.deliverDue());
    });
    expect(statements).toEqual(['access_tokens.create']);
  });

  it('are none for clients that fail to authenticate and requests that are wrong', async () => {
    const statements = await watch.during(async () => {
      const wrong = { authorization: basic('machine', 'wrong') };
      expect((await postForm(`${acme.issuer}/token`, { grant_type: 'client_credentials' }, wrong)).status).toBe(401);
      expect((await clientCredentials(acme, { scope: 'nothing:like-it' })).status).toBe(400);
    });
    expect(statements).toEqual([]);
  });

  it('are none for keys and metadata', async () => {
    const statements = await watch.during(async () => {
      for (const path of ['/jwks', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
        expect((await send(`${acme.issuer}${path}`)).status).toBe(200);
      }
    });
    expect(statements).toEqual([]);
  });

  it('are two for a code exchange', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access orders:read' });
    const statements = await watch.during(async () => {
      expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(200);
    });
    expect(statements).toEqual(['authorization_codes.find', 'authorization_codes.redeem']);
  });

  it('are two for a code exchange that stores an opaque token', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid stock:read' });
    const statements = await watch.during(() => redeem(acme, { code, code_verifier: verifier }));
    expect(statements).toEqual(['authorization_codes.find', 'authorization_codes.redeem']);
  });

  it('are two for a refresh, with rotation and without', async () => {
    const { refresh_token: rotating } = await getSpaTokens(acme);
    const rotated = await watch.during(async () => {
      expect((await refresh(acme, String(rotating))).status).toBe(200);
    });
    expect(rotated).toEqual(['refresh_tokens.find', 'refresh_tokens.rotate']);

    const { refresh_token: token } = await getTokens(acme, { scope: 'openid offline_access' });
    const extended = await watch.during(async () => {
      const form = { grant_type: 'refresh_token', refresh_token: token };
      const authorization = basic('web', acme.secrets.web);
      expect((await postForm(`${acme.issuer}/token`, form, { authorization })).status).toBe(200);
    });
    expect(extended).toEqual(['refresh_tokens.find', 'refresh_tokens.extend']);
  });

  it.each([
    ['a JWT of a user', 'openid orders:read', 'access_tokens.find_grant_of_jwt'],
    ['an opaque token', 'openid stock:read', 'access_tokens.find'],
  ])('are one for the introspection of %s', async (_, scope, statement) => {
    const { access_token: token } = await getTokens(acme, { scope });
    const statements = await watch.during(async () => {
      expect(await introspect(acme, String(token))).toMatchObject({ active: true });
    });
    expect(statements).toEqual([statement]);
  });

  it('are one for userinfo', async () => {
    const { access_token: token } = await getTokens(acme);
    const statements = await watch.during(async () => {
      expect((await userinfo(acme.issuer, String(token))).status).toBe(200);
    });
    expect(statements).toEqual(['access_tokens.find_grant_of_jwt']);
  });

  it('are fourteen for a sign-in with consent, in ten transactions', async () => {
    const signInWithConsent = () => getCode(acme.issuer, { prompt: 'consent' });
    await signInWithConsent();
    expect(await watch.during(signInWithConsent)).toEqual([
      ...['authorization_requests.create'],
      ...['authorization_requests.find', 'sign_in_attempts.begin', 'users.find_by_identifier'],
      ...['sign_in_attempts.succeed', 'sessions.start'],
      ...['sessions.find', 'authorization_requests.find', 'consents.list_for_client'],
      ...['sessions.find', 'authorization_requests.find'],
      ...['authorization_requests.complete', 'consents.approve', 'grants.create'],
    ]);
    const sent = await watch.all(signInWithConsent);
    expect(sent.filter((text) => text === BATCH || text === 'BEGIN')).toHaveLength(10);
    // Nine of them go in one round trip each.
    expect(sent.filter((text) => text === 'BEGIN').length).toBeLessThanOrEqual(1);
  });

  it('come with their tenant in one go, without a beginning and an end of their own', async () => {
    const sent = await watch.all(() => clientCredentials(acme, OPAQUE));
    expect(sent.filter((text) => text !== 'audit_events.append')).toEqual([BATCH, 'access_tokens.create']);
  });
});

describe('A tenant that this process has not met', () => {
  it('is read once in two round trips, and no more', async () => {
    const globex = await createTenant(platform, 'globex');
    forgetTenants();
    const first = await watch.all(() => clientCredentials(globex, JWT));
    expect(first.filter((text) => text !== 'audit_events.append')).toEqual([
      'tenants.find_by_any_slug',
      ...[BATCH, 'apis.list', 'tenant_data_keys.find', 'signing_keys.find_current'],
      ...['clients.find', 'client_secrets.find_of_client'],
    ]);
    expect(await watch.during(() => clientCredentials(globex, JWT))).toEqual([]);
  });

  it('publishes its keys after two round trips', async () => {
    const initech = await createTenant(platform, 'initech');
    await send(`${initech.issuer}/jwks`); // makes the RSA keys
    forgetTenants();
    const first = await watch.all(() => send(`${initech.issuer}/jwks`));
    expect(first).toEqual(['tenants.find_by_any_slug', BATCH, 'signing_keys.list_published']);
  });
});

describe('The audit log', () => {
  it('is written for many token requests at a time, after they were answered', async () => {
    const recorder = platform.application.nest.get(AuditRecorder);
    const repository = platform.application.nest.get(AuditEventsRepository);
    expect((await clientCredentials(patient, JWT)).status).toBe(200); // from now on the tenant is known
    await recorder.flush();
    const before = await countEvents();
    // However slow this machine is: nothing is written before all were answered.
    let open: () => void = () => undefined;
    const allAnswered = new Promise<void>((resolve) => (open = resolve));
    const append = repository.append.bind(repository);
    const held = jest.spyOn(repository, 'append').mockImplementation(async (...args) => {
      await allAnswered;
      await append(...args);
    });
    const sent = await watch.all(async () => {
      const answers = await Promise.all(times(60, () => clientCredentials(patient, JWT)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      open();
      await recorder.flush();
    });
    held.mockRestore();
    expect(await countEvents()).toBe(before + 60);
    expect(new Set(sent)).toEqual(new Set(['audit_events.append']));
    // Three batches at most are on their way at once, and one takes the rest.
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  it('keeps no token request waiting while it cannot be written, where the tenant allows that', async () => {
    await platform.database.query('REVOKE INSERT ON audit_events FROM tenantry_app');
    try {
      for (let count = 0; count < 5; count += 1) expect((await clientCredentials(patient, JWT)).status).toBe(200);
      await platform.application.nest.get(AuditRecorder).flush();
    } finally {
      await platform.database.query('GRANT INSERT ON audit_events TO tenantry_app');
    }
    const before = await countEvents();
    await platform.application.nest.get(AuditRecorder).flush();
    expect(await countEvents()).toBe(before + 5);
  });
});

/** What the management API has read of a tenant would be known already. */
function forgetTenants(): void {
  platform.application.nest.get(TenantCaches).missed();
}

async function countEvents(): Promise<number> {
  const text = `SELECT count(*)::int AS events FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued'`;
  return (await platform.database.query<{ events: number }>(text, [patient.id]))[0]?.events ?? -1;
}
