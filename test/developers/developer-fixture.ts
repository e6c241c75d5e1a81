import { randomUUID } from 'node:crypto';
import { accountToken } from '../support/account-tokens.js';
import { TestBrowser } from '../support/browser.js';
import { type HttpAnswer, send } from '../support/http.js';
import type { Platform } from '../support/platform.js';
import type { TenantFixture } from '../support/tenant-fixture.js';

const PASSWORD = 'seven ravens over the harbour';

export interface Shown {
  readonly id: string;
  readonly client_id: string;
  readonly state: string;
  readonly client: Record<string, unknown> | null;
  readonly proposal: Record<string, unknown> | null;
  readonly changes: readonly { member: string; before: unknown; after: unknown; sensitive: boolean }[];
  readonly owners: readonly { user_id: string; username: string }[];
  readonly client_secrets: readonly { id: string }[];
  readonly reason: string | null;
}

/** A person at the account API. */
export class TestDeveloper {
  constructor(
    readonly issuer: string,
    readonly userId: string,
    readonly username: string,
    readonly token: string,
  ) {}

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return send(`${this.issuer}/account/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async ok(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Shown> {
    const answer = await this.call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json<Shown>();
  }

  show(id: string): Promise<Shown> {
    return this.ok('GET', `/clients/${id}`);
  }

  async patch(id: string, body: unknown): Promise<HttpAnswer> {
    const { headers } = await this.call('GET', `/clients/${id}`);
    return this.call('PATCH', `/clients/${id}`, body, { 'if-match': String(headers['etag']) });
  }

  draft(body: object = {}): Promise<Shown> {
    return this.ok('POST', '/clients', { client_name: 'Shop', redirect_uris: ['https://shop.acme.test/cb'], ...body });
  }

  async submitted(body: object = {}): Promise<Shown> {
    const { id } = await this.draft(body);
    return this.ok('POST', `/clients/${id}/submission`);
  }
}

export async function newDeveloper(
  platform: Platform,
  tenant: TenantFixture,
  { email }: { email?: string } = {},
): Promise<TestDeveloper> {
  const username = `dev-${randomUUID()}`;
  const user = { username, password: PASSWORD, ...(email && { email, email_verified: true }) };
  const { id } = await platform.operator.create<{ id: string }>(`/tenants/${tenant.slug}/users`, user);
  const token = await accountToken(platform, tenant, { username, password: PASSWORD, browser: new TestBrowser() });
  return new TestDeveloper(tenant.issuer, id, username, token);
}

/** What an administrator does, with the version that is there. */
export async function decide(
  { operator }: Pick<Platform, 'operator'>,
  slug: string,
  id: string,
  what: 'approval' | 'rejection',
  body?: object,
): Promise<HttpAnswer> {
  const path = `/tenants/${slug}/client-registrations/${id}`;
  const { headers } = await operator.request('GET', path);
  return operator.request('PUT', `${path}/${what}`, body, { 'if-match': String(headers['etag']) });
}
