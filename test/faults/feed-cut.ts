import { basic, type HttpAnswer, postForm, send } from '../support/http.js';
import type { ManagementClient } from '../support/management-client.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

const SIGNER_SECRET = 'a-secret-of-the-client-nobody-takes-away';

/** The connection on which a process hears of changes. */
export const isFeed = (applicationName: string) => applicationName === 'tenantry changes';

/** Something that must be dead everywhere soon after it was taken away. */
export interface Victim {
  readonly name: string;
  readonly isAlive: () => Promise<boolean>;
  readonly end: (operator: ManagementClient) => Promise<unknown>;
}

/** Everything that processes remember and an administrator may take away. */
export async function prepareVictims(operator: ManagementClient): Promise<Victim[]> {
  const suspended = await createTenant({ operator }, 'suspended');
  const tenant = await createTenant({ operator }, 'victims');
  const at = '/tenants/victims';
  const deleted = await operator.create<{ client_secret: string }>(`${at}/clients`, machine('deleted'));
  const old = await operator.create<OldSecret>(`${at}/clients`, machine('old-secret'));
  await operator.create(`${at}/clients/old-secret/secrets`, {});
  await operator.create(`${at}/clients`, { ...machine('signer'), client_secret: SIGNER_SECRET });
  const kid = await currentKey(tenant);
  return [
    {
      name: 'a suspended tenant',
      isAlive: async () => (await tokenFor(suspended, 'machine', suspended.secrets.machine)).status === 200,
      end: (by) => by.patch('/tenants/suspended', { status: 'suspended' }),
    },
    {
      name: 'a disabled client',
      isAlive: async () => (await tokenFor(tenant, 'machine', tenant.secrets.machine)).status === 200,
      end: (by) => by.patch(`${at}/clients/machine`, { enabled: false }),
    },
    {
      name: 'a deleted client',
      isAlive: async () => (await tokenFor(tenant, 'deleted', deleted.client_secret)).status === 200,
      end: (by) => remove(by, `${at}/clients/deleted`),
    },
    {
      name: 'a deleted secret',
      isAlive: async () => (await tokenFor(tenant, 'old-secret', old.client_secret)).status === 200,
      end: (by) => remove(by, `${at}/clients/old-secret/secrets/${old.client_secrets[0]?.id}`),
    },
    {
      name: 'a key that was rotated away',
      isAlive: async () => (await currentKey(tenant)) === kid,
      end: (by) => by.request('POST', `${at}/keys/rotate`, {}),
    },
  ];
}

interface OldSecret {
  readonly client_secret: string;
  readonly client_secrets: readonly { readonly id: string }[];
}

function machine(clientId: string) {
  return { client_id: clientId, grant_types: ['client_credentials'], scope: 'orders:read' };
}

async function remove(by: ManagementClient, path: string): Promise<void> {
  const { status, text } = await by.request('DELETE', path, undefined, { 'if-match': '*' });
  if (status >= 300) throw new Error(`DELETE ${path}: ${status} ${text}`);
}

function tokenFor({ issuer }: TenantFixture, clientId: string, secret: string): Promise<HttpAnswer> {
  const form = { grant_type: 'client_credentials', scope: 'orders:read' };
  return postForm(`${issuer}/token`, form, { authorization: basic(clientId, secret) });
}

/** Key id of a token that is made now, by a client that nobody takes away. */
async function currentKey(tenant: TenantFixture): Promise<string> {
  const answer = await tokenFor(tenant, 'signer', SIGNER_SECRET);
  const [header = ''] = String(answer.json()['access_token']).split('.');
  return String((JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>)['kid']);
}

/** Whether the process that is reached says it can serve. */
export async function isReady(url: string): Promise<boolean> {
  return (await send(`${url}/health/ready`)).status === 200;
}

/** Asks until every worker has them all in its caches. @returns those that were dead before */
export async function warm(victims: readonly Victim[], workers: number): Promise<string[]> {
  const dead = new Set<string>();
  for (const { name, isAlive } of victims) {
    for (let count = 0; count < 3 * workers; count += 1) if (!(await isAlive())) dead.add(`${name} was dead before`);
  }
  return [...dead];
}

/** Takes every one of them away and looks until each is dead on every worker, for as long as the bound allows. */
export async function endAll(
  operator: ManagementClient,
  victims: readonly Victim[],
  { workers, limitMs }: { readonly workers: number; readonly limitMs: number },
): Promise<string[]> {
  const lives = await Promise.all(
    victims.map(async ({ name, isAlive, end }) => {
      await end(operator);
      const endedAt = Date.now();
      const lastSeen = await untilDead(isAlive, 3 * workers);
      return lastSeen - endedAt > limitMs ? [`${name} lived for ${lastSeen - endedAt} ms`] : [];
    }),
  );
  return lives.flat();
}

/** Connections are handed to the workers in turn, so that many answers in a row are those of all. @returns when it last lived */
async function untilDead(isAlive: () => Promise<boolean>, answers: number): Promise<number> {
  const deadline = Date.now() + 30_000;
  let lastSeen = 0;
  for (let dead = 0; dead < answers && Date.now() < deadline;) {
    dead += 1;
    if (!(await isAlive())) continue;
    lastSeen = Date.now();
    dead = 0;
  }
  return lastSeen;
}
