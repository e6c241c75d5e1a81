import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type HttpAnswer, postForm } from '../support/http.js';
import { World } from './world.js';

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let world: World;
let privateKey: PrivateKey;
beforeAll(async () => {
  world = await World.create();
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  // One service with one key that is a client of both tenants under one name: the tempting set-up.
  for (const slug of ['acme', 'globex']) {
    await world.platform.operator.create(`/tenants/${slug}/clients`, {
      client_id: 'service',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'ES256' }] },
      scope: 'orders:read',
    });
  }
});
afterAll(() => world.platform.stop());

function assertion(audience: string, jti: string = randomUUID()): Promise<string> {
  return new SignJWT({ iss: 'service', sub: 'service', jti })
    .setProtectedHeader({ alg: 'ES256' })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(privateKey);
}

function exchange(issuer: string, clientAssertion: string): Promise<HttpAnswer> {
  return postForm(`${issuer}/token`, {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion,
  });
}

describe('a client assertion, RFC 7523 §3', () => {
  it('for acme does not authenticate the client of the same name and key at globex', async () => {
    const { acme, globex } = world;
    for (const audience of [acme.issuer, acme.hostIssuer, `${acme.issuer}/token`]) {
      for (const issuer of [globex.issuer, globex.hostIssuer]) {
        const refused = await exchange(issuer, await assertion(audience));
        expect([refused.status, refused.json()['error']]).toEqual([401, 'invalid_client']);
      }
    }
  });

  it('that globex refused is still good at acme, and once only', async () => {
    const given = await assertion(world.acme.issuer);
    expect((await exchange(world.globex.issuer, given)).status).toBe(401);
    expect((await exchange(world.acme.issuer, given)).status).toBe(200);
    expect((await exchange(world.acme.issuer, given)).status).toBe(401);
  });

  it('does not use up the same jti at globex', async () => {
    const jti = randomUUID();
    expect((await exchange(world.acme.issuer, await assertion(world.acme.issuer, jti))).status).toBe(200);
    expect((await exchange(world.globex.issuer, await assertion(world.globex.issuer, jti))).status).toBe(200);
  });
});
