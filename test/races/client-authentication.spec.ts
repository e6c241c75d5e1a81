import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type CryptoKey, type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type RacingRequest, countStatuses, race, racingForm, times } from '../support/race.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

/** `npm run test:races` asks for 200. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 5);
const AT_ONCE = 50;

let platform: ProductionPlatform;
let acme: TenantFixture;
let key: CryptoKey;

beforeAll(async () => {
  platform = await startProduction(2);
  acme = await createTenant(platform, 'acme');
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  key = privateKey;
  const jwk: JWK = { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'k1' };
  for (const clientId of ['signer', 'twin']) {
    await platform.operator.create('/tenants/acme/clients', {
      client_id: clientId,
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      scope: 'orders:read',
      jwks: { keys: [jwk] },
    });
  }
});
afterAll(() => platform.stop());

describe('RFC 7523 §3 item 7: a client assertion', () => {
  it(`authenticates once, however many requests bring it at once, in ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const request = await requestWith('signer', randomUUID());
      const answers = await race(
        platform.ports,
        times(AT_ONCE, () => request),
      );
      expect(countStatuses(answers)).toEqual({ 200: 1, 401: AT_ONCE - 1 });
      const refusals = answers.filter(({ status }) => status === 401).map((answer) => answer.json()['error']);
      expect(new Set(refusals)).toEqual(new Set(['invalid_client']));
    }
  }, 600_000);

  it('does not use up the identifier for another client', async () => {
    const jti = randomUUID();
    const requests = [await requestWith('signer', jti), await requestWith('twin', jti)];
    expect(countStatuses(await race(platform.ports, requests))).toEqual({ 200: 2 });
  });
});

async function requestWith(clientId: string, jti: string): Promise<RacingRequest> {
  const assertion = await new SignJWT({ jti })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(acme.issuer)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(key);
  return racingForm(`${acme.issuer}/token`, {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}
