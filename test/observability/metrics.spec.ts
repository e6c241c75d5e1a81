import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { TestBrowser } from '../support/browser.js';
import { send } from '../support/http.js';
import { freePort } from '../support/platform.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type TenantFixture, authorizeUrl, clientCredentials, createTenant, pkce } from '../support/tenant-fixture.js';

describe.each(['1', '2'])('METRICS_PORT with WORKERS=%s', (workers) => {
  let platform: ProductionPlatform;
  let acme: TenantFixture;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    platform = await startProduction(1, { WORKERS: workers, METRICS_PORT: String(port) });
    acme = await createTenant(platform, 'acme');
  });
  afterAll(() => platform.stop());

  it('counts requests, tokens and sign-ins, of all workers together', async () => {
    for (let count = 0; count < 6; count += 1) await clientCredentials(acme, { scope: 'orders:read' });
    await clientCredentials(acme, { scope: 'moon:walk' });
    const browser = new TestBrowser();
    const query = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
    await browser.signIn(await browser.open(authorizeUrl(acme.issuer, query)), 'alice', 'wrong-password-4711');
    const text = await metrics();
    // The operator's own token is one of them.
    expect(valueOf(text, 'tenantry_tokens_issued_total{grant_type="client_credentials"}')).toBe(7);
    expect(valueOf(text, 'tenantry_tokens_refused_total{error="invalid_scope"}')).toBe(1);
    expect(valueOf(text, 'tenantry_sign_ins_total{outcome="invalid_credentials"}')).toBe(1);
    await until(
      async () => valueOf(await metrics(), /^tenantry_http_requests_total\{route="token".*status="200"\}/) === 7,
    );
  });

  it('reads pool, feed, queues and the process', async () => {
    const text = await metrics();
    for (const name of [
      'tenantry_database_connections',
      'tenantry_database_waiting',
      'tenantry_audit_waiting',
      'tenantry_audit_lost_total',
      'tenantry_password_hashes_waiting',
      'tenantry_swept_rows_total',
      'tenantry_http_connections',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect([name, Number.isFinite(valueOf(text, name))]).toEqual([name, true]);
    }
    expect(valueOf(text, 'tenantry_change_feed_connected')).toBe(Number(workers));
  });

  it('makes no label of what a stranger sends', async () => {
    for (const path of ['/t/acme/made-up-4711', '/t/made-up-4712/token', '/made-up-4713'])
      await send(platform.url + path);
    await send(`${platform.url}/t/acme/token`, { method: 'PROPFIND' });
    expect(await metrics()).not.toMatch(/made-up|PROPFIND|acme/);
  });

  it('is not on the public listener', async () => {
    expect((await send(`${platform.url}/metrics`)).status).toBe(404);
    expect((await send(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });

  async function metrics(): Promise<string> {
    const answer = await send(`http://127.0.0.1:${port}/metrics`);
    expect(answer.status).toBe(200);
    return answer.text;
  }
});

/** The sum of the samples whose name, with its labels, is this one or begins so. */
function valueOf(text: string, name: string | RegExp): number {
  const fits = (sample: string) => (typeof name === 'string' ? sample.startsWith(`${name} `) : name.test(sample));
  const values = text
    .split('\n')
    .filter(fits)
    .map((line) => Number(line.split(' ').at(-1)));
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(50);
}
