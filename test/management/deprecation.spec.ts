import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentsController } from '../../src/management/consents/consents.controller.js';
import { ENDPOINT, GIVEN_ENDPOINT } from '../../src/management/kit/endpoint.decorator.js';
import { listEvents } from '../support/audit.js';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';

const DEPRECATION = { since: '2026-11-01', sunset: '2027-06-01', instead: 'nothing' };

// An operation that goes away: there is none today.
const handler = Object.getOwnPropertyDescriptor(ConsentsController.prototype, 'list')?.value as object;
const keys = () => Reflect.getOwnMetadataKeys(handler) as string[];
const valueOf = (key: string) => copyOf(Reflect.getOwnMetadata(key, handler)) as object;
let before: (readonly [string, object])[] = [];
beforeAll(() => {
  before = keys().map((key) => [key, valueOf(key)]);
  // An earlier platform of this process may have been described already.
  for (const key of keys()) if (key.startsWith('swagger/')) Reflect.deleteMetadata(key, handler);
  for (const key of [ENDPOINT, GIVEN_ENDPOINT]) {
    Reflect.defineMetadata(key, { ...valueOf(key), deprecated: DEPRECATION }, handler);
  }
});
// The description of the API adds to them, and other platforms of this process are described from them as well.
afterAll(() => {
  for (const key of keys()) Reflect.deleteMetadata(key, handler);
  for (const [key, value] of before) Reflect.defineMetadata(key, value, handler);
});

/** Plain objects and lists anew; classes and functions stay what they are. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)]));
}

const platform = givenPlatform();
beforeAll(async () => {
  for (const slug of ['acme', 'globex']) {
    await platform.operator.create('/tenants', { slug, display_name: slug, policy: { sign_up: 'invitation' } });
  }
});

const told = ({ headers }: { readonly headers: object }) => {
  const { deprecation, sunset, link } = headers as Readonly<Record<string, string | undefined>>;
  return { deprecation, sunset, link };
};
const NOTHING = { deprecation: undefined, sunset: undefined, link: undefined };
let count = 0;
const invite = (body: object, slug = 'acme') => {
  const email = `somebody-${(count += 1)}@example.test`;
  return platform.operator.request('POST', `/tenants/${slug}/invitations`, { email, ...body });
};

describe('A deprecated member', () => {
  it('works as before, and the answer says since when, until when, and what to read (RFC 9745, RFC 8594)', async () => {
    const answer = await invite({ tenant_admin: true });
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ tenant_admin: true });
    const pointer = '/components/schemas/CreateInvitation/properties/tenant_admin';
    expect(told(answer)).toEqual({
      deprecation: `@${Date.UTC(2026, 10, 27) / 1000}`,
      sunset: 'Wed, 01 Dec 2027 00:00:00 GMT',
      link: `<${platform.url}/api/v1/openapi.json#${pointer}>; rel="deprecation"; type="application/json"`,
    });
  });

  it('is told of where the request is refused for another reason, too', async () => {
    expect(told(await invite({ tenant_admin: true, email: 'nobody' })).deprecation).toMatch(/^@\d+$/);
  });

  it('is none of those who send what stands in its place, or nothing that could have members', async () => {
    const answer = await invite({ roles: ['owner'] });
    expect([answer.status, told(answer)]).toEqual([201, NOTHING]);
    for (const body of [[{ tenant_admin: true }], null, 'tenant_admin', 1]) {
      const refused = await platform.operator.request('POST', '/tenants/acme/invitations', body);
      expect([refused.status, told(refused)]).toEqual([400, NOTHING]);
    }
  });

  it('is described as one, with what to use', async () => {
    const { components } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{
      components: { schemas: Record<string, { properties: Record<string, object> }> };
    }>();
    const { CreateInvitation, CreateUser } = components.schemas;
    expect(CreateInvitation?.properties['tenant_admin']).toMatchObject({
      deprecated: true,
      description: expect.stringContaining('use `roles` with `owner`. It works until 2027-12-01 at least.'),
    });
    expect(CreateUser?.properties['tenant_admin']).not.toHaveProperty('deprecated');
  });
});

describe('A deprecated operation', () => {
  it('says so in every answer, and works', async () => {
    const { url, operator } = platform;
    const headers = { authorization: `Bearer ${operator.token}` };
    const answer = await send(`${url}/api/v1/tenants/acme/consents`, { headers });
    expect([answer.status, told(answer)]).toEqual([
      200,
      {
        deprecation: `@${Date.UTC(2026, 10, 1) / 1000}`,
        sunset: 'Tue, 01 Jun 2027 00:00:00 GMT',
        link: expect.stringContaining('#/paths/~1api~1v1~1tenants~1%7Btenant%7D~1consents/get>; rel="deprecation"'),
      },
    ]);
  });

  it('says nothing to who may not call it', async () => {
    const answer = await send(`${platform.url}/api/v1/tenants/acme/consents`);
    expect([answer.status, told(answer)]).toEqual([401, NOTHING]);
  });

  it('is described as one', async () => {
    const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{
      paths: Record<string, Record<string, object>>;
    }>();
    expect(paths['/api/v1/tenants/{tenant}/consents']?.['get']).toMatchObject({
      deprecated: true,
      description: 'Deprecated since 2026-11-01: use nothing. It works until 2027-06-01 at least.',
    });
    expect(paths['/api/v1/tenants/{tenant}/users']?.['get']).not.toHaveProperty('deprecated');
  });
});

describe('The log', () => {
  it('says once who still uses what, at the tenant of the caller and at no other', async () => {
    await invite({ tenant_admin: true }, 'globex');
    await invite({ tenant_admin: false }, 'globex');
    const events = await listEvents(platform.operator, 'system', 'management.deprecated_used');
    expect(events.map(({ client_id, target, details }) => ({ client_id, target, details }))).toEqual(
      expect.arrayContaining([
        {
          client_id: 'operator',
          target: 'client:operator',
          details: { use: 'createInvitation: tenant_admin', instead: '`roles` with `owner`', sunset: '2027-12-01' },
        },
      ]),
    );
    expect(events.filter(({ details }) => details?.['use'] === 'createInvitation: tenant_admin')).toHaveLength(1);
    expect(await listEvents(platform.operator, 'globex', 'management.deprecated_used')).toEqual([]);
  });
});
