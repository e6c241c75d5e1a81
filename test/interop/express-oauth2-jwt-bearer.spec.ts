import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { type HttpAnswer, send } from '../support/http.js';
import { clientCredentials } from '../support/tenant-fixture.js';
import { ADDRESSES, addressOf, startTwoTenants, type TwoTenants } from './tenants.js';

let tenants: TwoTenants;
beforeAll(async () => void (tenants = await startTwoTenants()));
afterAll(() => tenants.platform.stop());

describe.each(ADDRESSES)('express-oauth2-jwt-bearer as a resource server of %s at its %s', (slug, kind) => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    const app = express();
    // Keys are fetched where this process can reach them; the issuer stays the address that the tokens name.
    app.use(auth({ issuer, jwksUri: `${tenant.issuer}/jwks`, audience: tenant.api, strict: true }));
    app.get('/orders', requiredScopes('orders:read'), (_, response) => void response.json({ orders: [] }));
    await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', () => resolve())));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
  });
  afterAll(() => void server.close());

  async function call(from: 'acme' | 'globex', at: 'path' | 'host', scope = 'orders:read'): Promise<HttpAnswer> {
    const { tenant, issuer } = addressOf(tenants, from, at);
    const token = (await clientCredentials(tenant, { scope }, issuer)).json<{ access_token: string }>().access_token;
    return send(url, { headers: { authorization: `Bearer ${token}` } });
  }

  it('accepts a token of its tenant', async () => {
    expect((await call(slug, kind)).status).toBe(200);
  });

  it('refuses one without the scope', async () => {
    expect((await call(slug, kind, 'orders:write')).status).toBe(403);
  });

  it('refuses one of the other tenant', async () => {
    expect((await call(slug === 'acme' ? 'globex' : 'acme', kind)).status).toBe(401);
  });

  it('refuses one that was changed', async () => {
    const { tenant, issuer } = addressOf(tenants, slug, kind);
    const token = (await clientCredentials(tenant, { scope: 'orders:read' }, issuer)).json<{ access_token: string }>()
      .access_token;
    const [header, , signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: tenant.aliceId })).toString('base64url');
    const answer = await send(url, { headers: { authorization: `Bearer ${header}.${forged}.${signature}` } });
    expect(answer.status).toBe(401);
  });
});
