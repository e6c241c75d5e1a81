import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { basic, postForm } from '../support/http.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

let collector: Server;
let received = '';
let platform: ProductionPlatform;
let acme: TenantFixture;

beforeAll(async () => {
  collector = createServer((request, response) => {
    void text(request).then((body) => {
      received += `${body}\n`;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  platform = await startProduction(1, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_SERVICE_NAME: 'tenantry-of-the-test',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  });
  acme = await createTenant(platform, 'acme');
});
afterAll(async () => {
  await platform.stop();
  collector.close();
});

interface Batch {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

function spans(): Span[] {
  const batches = received
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Batch);
  const scopes = batches.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans));
  return scopes.flatMap((scope) => scope.spans);
}

describe('OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('continues the trace of the caller with spans of request, statement and signature', async () => {
    const traceId = randomBytes(16).toString('hex');
    const caller = randomBytes(8).toString('hex');
    const headers = {
      authorization: basic('machine', acme.secrets.machine),
      traceparent: `00-${traceId}-${caller}-01`,
    };
    const form = { grant_type: 'client_credentials', scope: 'orders:read' };
    expect((await postForm(`${acme.issuer}/token`, form, headers)).status).toBe(200);
    const own = () => spans().filter((span) => span.traceId === traceId);
    while (!own().some(({ name }) => name === 'POST token')) await delay(50);
    const root = own().find(({ name }) => name === 'POST token');
    expect(root?.parentSpanId).toBe(caller);
    const names = own().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^statement /), 'sign ES256']));
    expect(received).toContain('tenantry-of-the-test');
  });

  it('sends no secret, statement text, value or address', async () => {
    const authorization = basic('web', acme.secrets.web);
    const form = {
      grant_type: 'authorization_code',
      code: 'recognisable-code-4711',
      redirect_uri: 'https://rp.test/cb',
    };
    await postForm(`${acme.issuer}/token?x=recognisable-query-4712`, form, { authorization });
    const before = spans().length;
    await postForm(`${acme.issuer}/token`, form, { authorization });
    while (spans().length === before) await delay(50);
    await platform.processes[0]?.stop();
    expect(spans().length).toBeGreaterThan(20);
    for (const secret of [
      'recognisable',
      acme.secrets.web,
      acme.secrets.machine,
      'SELECT ',
      '127.0.0.1',
      acme.aliceId,
    ]) {
      expect([secret, received.includes(secret)]).toEqual([secret, false]);
    }
  });
});
