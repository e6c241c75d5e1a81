import { sign } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { toTenantId } from '../../src/database/tenant-id.js';
import { Keyring } from '../../src/keys/keyring.js';
import type { Platform } from './platform.js';
import type { TenantFixture } from './tenant-fixture.js';

/** A JWT under the key that signs for the tenant now: what the platform would never issue, and must still judge. */
export async function signAsTenant(
  platform: Pick<Platform, 'application'>,
  tenant: Pick<TenantFixture, 'id'>,
  claims: JWTPayload,
  header: { readonly typ?: string } = {},
): Promise<string> {
  const keyring = platform.application.nest.get(Keyring, { strict: false });
  const { kid, privateKey } = await keyring.signingKey(toTenantId(tenant.id), 'ES256');
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(privateKey);
}

/** What the tenant's current key makes of any text: for tokens that no library would make. */
export async function signerOf(
  platform: Pick<Platform, 'application'>,
  tenant: Pick<TenantFixture, 'id'>,
): Promise<{
  readonly kid: string;
  readonly sign: (input: Buffer) => Buffer;
  readonly signDer: (input: Buffer) => Buffer;
}> {
  const keyring = platform.application.nest.get(Keyring, { strict: false });
  const { kid, algorithm, privateKey } = await keyring.signingKey(toTenantId(tenant.id), 'ES256');
  return {
    kid,
    sign: (input) => algorithm.sign(input, privateKey),
    signDer: (input) => sign('sha256', input, privateKey),
  };
}
