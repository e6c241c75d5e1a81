import { type HttpAnswer, basic, postForm } from './http.js';
import type { TenantFixture } from './tenant-fixture.js';

export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request to the token endpoint as a client with a secret, by HTTP Basic. */
export function tokenAs(
  tenant: Pick<TenantFixture, 'issuer'>,
  client: { readonly id: string; readonly secret: string },
  form: Fields,
): Promise<HttpAnswer> {
  return postForm(`${tenant.issuer}/token`, form, { authorization: basic(client.id, client.secret) });
}

/** The same as one of the fixture's confidential clients. */
export function tokenFor(
  tenant: TenantFixture,
  client: keyof TenantFixture['secrets'],
  form: Fields,
): Promise<HttpAnswer> {
  return tokenAs(tenant, { id: client, secret: tenant.secrets[client] }, form);
}
