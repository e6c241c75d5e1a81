import { describe, expect, it } from '@jest/globals';
import { ClientMetadataError } from '../../src/clients/client-metadata.js';
import { MANAGEMENT_API, type Permissions } from '../../src/clients/permissions.js';
import type { Api } from '../../src/resources/api.js';
import { managementApi } from '../../src/resources/management-api.js';
import { type AskedPermissions, bindPermissions } from '../../src/resources/permission-binding.js';

const CRM = 'https://crm.test';
const BILLING = 'https://billing.test';
const MANAGEMENT = 'https://id.test/api';
const DEFAULT = [{ api: '', scopes: ['openid'] }];

function api(identifier: string, ...names: string[]): Api {
  const scopes = names.map((name) => ({ name, description: name }));
  return { ...managementApi('https://id.test'), identifier, scopes, isManagement: false };
}

/** `read` is a scope of both, `users:read` also one of the management API. */
const APIS = [managementApi('https://id.test'), api(CRM, 'read', 'users:read', 'crm:write'), api(BILLING, 'read')];

function bind(asked: AskedPermissions, known?: Permissions) {
  const apis = new Map(APIS.map((one) => [one.identifier, one]));
  return bindPermissions(apis, asked, { known, byDefault: DEFAULT });
}

function faultOf(asked: AskedPermissions): string {
  try {
    bind(asked);
  } catch (error) {
    if (error instanceof ClientMetadataError) return `${error.member}: ${error.fault}`;
    throw error;
  }
  return 'none';
}

describe('RFC 7591 §2: scope is a shorthand', () => {
  it('for the one API that has the name', () => {
    expect(bind({ scope: ['openid', 'crm:write', 'email'] })).toEqual([
      { api: '', scopes: ['openid', 'email'] },
      { api: CRM, scopes: ['crm:write'] },
    ]);
  });

  it('that never means the management API', () => {
    expect(bind({ scope: ['users:read'] })).toEqual([{ api: CRM, scopes: ['users:read'] }]);
    const pair = `"permissions": [{"api":"${MANAGEMENT}","scopes":["tenants:read"]}]`;
    expect(faultOf({ scope: ['tenants:read'] })).toMatch(/^scope: has tenants:read, which is .* management API/);
    expect(faultOf({ scope: ['tenants:read'] })).toContain(pair);
  });

  it('that is refused with the candidates where several APIs have the name', () => {
    const fault = faultOf({ scope: ['read'] });
    expect(fault).toContain(`${CRM} and ${BILLING}`);
    expect(fault).toContain('"permissions": [{"api":');
  });

  it('that leaves out what no API has', () => {
    expect(bind({ scope: ['openid', 'ghost'] })).toEqual([{ api: '', scopes: ['openid'] }]);
  });

  it('that keeps what the client has under a name, and no more', () => {
    const known = [
      { api: BILLING, scopes: ['read'] },
      { api: MANAGEMENT_API, scopes: ['tenants:read', 'users:read'] },
    ];
    expect(bind({ scope: ['read', 'users:read'] }, known)).toEqual([
      { api: BILLING, scopes: ['read'] },
      { api: MANAGEMENT_API, scopes: ['users:read'] },
    ]);
  });
});

describe('permissions', () => {
  const permissions = [
    { api: BILLING, scopes: ['read'] },
    { api: MANAGEMENT, scopes: ['users:read'] },
  ];

  it('say which API is meant, beside scope or without it', () => {
    const pairs = [permissions[0], { api: MANAGEMENT_API, scopes: ['users:read'] }];
    expect(bind({ permissions })).toEqual([...DEFAULT, ...pairs]);
    expect(bind({ permissions, scope: ['email', 'read', 'users:read', 'crm:write'] })).toEqual([
      { api: '', scopes: ['email'] },
      ...pairs,
      { api: CRM, scopes: ['crm:write'] },
    ]);
  });

  it('leave the scopes of OpenID Connect as they are', () => {
    const known = [
      { api: '', scopes: ['openid', 'phone'] },
      { api: CRM, scopes: ['read'] },
    ];
    expect(bind({ permissions: [] }, known)).toEqual([{ api: '', scopes: ['openid', 'phone'] }]);
    expect(bind({ permissions: [], scope: null }, known)).toEqual(DEFAULT);
  });

  it('are refused for an API or a scope that is not there', () => {
    const unknown = [...permissions, { api: 'https://nobody.test', scopes: ['read'] }];
    expect(faultOf({ permissions: unknown })).toMatch(/^permissions\[2\]\/api: /);
    expect(faultOf({ permissions: [{ api: MANAGEMENT_API, scopes: ['users:read'] }] })).toMatch(
      /permissions\[0\]\/api/,
    );
    expect(faultOf({ permissions: [{ api: CRM, scopes: ['read', 'nothing'] }] })).toMatch(
      /^permissions\[0\]\/scopes: has nothing/,
    );
  });

  it('stay when nothing is said of them, and go back to the default for null', () => {
    expect(bind({})).toBeUndefined();
    expect(bind({ permissions: null })).toBeNull();
    expect(bind({ scope: null })).toBeNull();
  });
});
