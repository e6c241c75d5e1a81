import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/free-port.js';
import { ROOT } from '../../../scripts/install.js';
import { Program } from './program.js';

export const PERSON = { username: 'alice', password: 'correct horse battery staple' };
export const API = 'https://api.example.com';
export const OTHER_API = 'https://stock.example.com';

/**
 * The platform as `npm start` runs it, on an embedded PostgreSQL and free ports, with one tenant: a person, two APIs, and
 * clients that `register` adds.
 */
export async function startPlatform({ publicUrl, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-clients-'));
  const port = await freePort();
  const secret = randomBytes(24).toString('base64url');
  const program = new Program([process.execPath, join(ROOT, 'dist', 'main.js')], {
    cwd: folder,
    env: {
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      BOOTSTRAP_CLIENT_SECRET: secret,
      BOOTSTRAP_ADMIN_PASSWORD: randomBytes(24).toString('base64url'),
      NODE_ENV: 'development',
      ...(publicUrl && { PUBLIC_URL: publicUrl(port) }),
      ...env,
    },
  });
  try {
    await program.says(/^ready /m);
    const url = publicUrl?.(port) ?? `http://localhost:${port}`;
    const operator = managementOf(url, secret);
    return {
      url,
      port,
      log: () => program.output,
      ...(await makeTenant(operator, 'clients')),
      other: await makeTenant(operator, 'others'),
      stop: async () => {
        await program.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** The management API as the operator, with a new token for each call: on a slow machine one would expire meanwhile. */
function managementOf(origin, client_secret) {
  const operator = { client_id: 'operator', client_secret };
  return async (path, body) => {
    const token = await tokenFor(`${origin}/t/system`, operator);
    const created = await fetch(`${origin}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await created.text();
    if (created.status !== 201) throw new Error(`POST ${path}: ${created.status} ${text}`);
    return JSON.parse(text);
  };
}

async function makeTenant(create, slug) {
  const { addresses } = await create('/tenants', { slug, display_name: 'Clients' });
  const at = `/tenants/${slug}`;
  const scopes = [{ name: 'orders:read', description: 'See orders' }];
  await create(`${at}/apis`, { identifier: API, display_name: 'Orders', scopes });
  await create(`${at}/apis`, {
    identifier: OTHER_API,
    display_name: 'Stock',
    scopes: [{ name: 'stock:read', description: 'See stock' }],
  });
  const { id: personId } = await create(`${at}/users`, {
    ...PERSON,
    name: 'Alice Archer',
    email: 'alice@example.com',
    email_verified: true,
  });
  const register = (client) => create(`${at}/clients`, client);
  // Some resource servers take no type but JWT, which their API says.
  const protect = async ({ name, ...api }) => {
    const scope = `${name}:read`;
    const identifier = `https://${name}.example.com`;
    await create(`${at}/apis`, {
      identifier,
      display_name: name,
      scopes: [{ name: scope, description: scope }],
      ...api,
    });
    const client = await register({ grant_types: ['client_credentials'], scope });
    return { identifier, token: () => tokenFor(addresses[0], client, scope) };
  };
  const machine = await register({ grant_types: ['client_credentials'], scope: 'orders:read stock:read' });
  return {
    issuer: addresses[0],
    personId,
    register,
    protect,
    /** An access token of a machine. */
    token: (scope) => tokenFor(addresses[0], machine, scope),
  };
}

async function tokenFor(issuer, { client_id: id, client_secret: secret }, scope) {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
  });
  return (await answer.json()).access_token;
}
