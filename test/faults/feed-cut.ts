import { basic, encodeForm, send } from '../support/http.js';
import type { ManagementClient } from '../support/management-client.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';
import { AddressBook, LoadClient, type Outcome } from './load-client.js';

const SIGNER_SECRET = 'a-secret-of-the-client-nobody-takes-away';

const GIVEN_UP_MS = 30_000;

/** The connection on which a process hears of changes. */
export const isFeed = (applicationName: string) => applicationName === 'tenantry changes';

/** Something that must be dead everywhere soon after it was taken away. */
export interface Victim {
  readonly name: string;
  readonly isAlive: (door: LoadClient) => Promise<boolean>;
  readonly end: (operator: ManagementClient) => Promise<unknown>;
}

/** Everything that processes remember and an administrator may take away. */
export async function prepareVictims(operator: ManagementClient, { doors: [door] }: Doors): Promise<Victim[]> {
  if (!door) throw new Error('There are no doors.');
  const suspended = await createTenant({ operator }, 'suspended');
  const tenant = await createTenant({ operator }, 'victims');
  const at = '/tenants/victims';
  const deleted = await operator.create<{ client_secret: string }>(`${at}/clients`, machine('deleted'));
  const old = await operator.create<OldSecret>(`${at}/clients`, machine('old-secret'));
  await operator.create(`${at}/clients/old-secret/secrets`, {});
  await operator.create(`${at}/clients`, { ...machine('signer'), client_secret: SIGNER_SECRET });
  const kid = await currentKey(door, tenant);
  return [
    {
      name: 'a suspended tenant',
      isAlive: async (door) => (await tokenFor(door, suspended, 'machine', suspended.secrets.machine)).status === 200,
      end: (by) => by.patch('/tenants/suspended', { status: 'suspended' }),
    },
    {
      name: 'a disabled client',
      isAlive: async (door) => (await tokenFor(door, tenant, 'machine', tenant.secrets.machine)).status === 200,
      end: (by) => by.patch(`${at}/clients/machine`, { enabled: false }),
    },
    {
      name: 'a deleted client',
      isAlive: async (door) => (await tokenFor(door, tenant, 'deleted', deleted.client_secret)).status === 200,
      end: (by) => remove(by, `${at}/clients/deleted`),
    },
    {
      name: 'a deleted secret',
      isAlive: async (door) => (await tokenFor(door, tenant, 'old-secret', old.client_secret)).status === 200,
      end: (by) => remove(by, `${at}/clients/old-secret/secrets/${old.client_secrets[0]?.id}`),
    },
    {
      name: 'a key that was rotated away',
      isAlive: async (door) => (await currentKey(door, tenant)) === kid,
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

function tokenFor(door: LoadClient, { issuer }: TenantFixture, clientId: string, secret: string): Promise<Outcome> {
  return door.send({
    url: `${issuer}/token`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(clientId, secret) },
    body: encodeForm({ grant_type: 'client_credentials', scope: 'orders:read' }),
  });
}

/** Key id of a token that is made now, by a client that nobody takes away; empty when none is made. */
async function currentKey(door: LoadClient, tenant: TenantFixture): Promise<string> {
  const { status, text } = await tokenFor(door, tenant, 'signer', SIGNER_SECRET);
  if (status !== 200) return '';
  const [header = ''] = (JSON.parse(text) as { access_token: string }).access_token.split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid;
}

/** Whether the process that is reached says it can serve. */
export async function isReady(url: string): Promise<boolean> {
  return (await send(`${url}/health/ready`)).status === 200;
}

/**
 * Kept connections to every worker. New connections go to the workers in turn, so that several times as many as there
 * are workers, opened one after the other, reach all of them.
 */
export class Doors {
  private constructor(readonly doors: readonly LoadClient[]) {}

  static async open(url: string, workers: number): Promise<Doors> {
    const addresses = new AddressBook();
    const doors = [];
    for (let count = 0; count < 3 * workers; count += 1) {
      const door = new LoadClient(addresses);
      await door.send({ url: `${url}/health/live` });
      doors.push(door);
    }
    return new Doors(doors);
  }

  /** Asks behind every door, and so lets every worker remember. @returns those of the victims that were dead before */
  async warm(victims: readonly Victim[]): Promise<string[]> {
    const dead = [];
    for (const { name, isAlive } of victims) {
      for (const door of this.doors) if (!(await isAlive(door))) dead.push(`${name} was dead before`);
    }
    return dead;
  }

  /** Takes every victim away and asks until each is dead behind every door. @returns those that lived beyond the limit */
  async endAll(operator: ManagementClient, victims: readonly Victim[], limitMs: number): Promise<string[]> {
    const lives = await Promise.all(
      victims.map(async (victim) => {
        await victim.end(operator);
        const endedAt = Date.now();
        const lastSeen = await this.untilDead(victim);
        return lastSeen - endedAt > limitMs ? [`${victim.name} lived for ${lastSeen - endedAt} ms`] : [];
      }),
    );
    return lives.flat();
  }

  close(): void {
    for (const door of this.doors) door.close();
  }

  /** @returns when it last lived */
  private async untilDead({ isAlive }: Victim): Promise<number> {
    const deadline = Date.now() + GIVEN_UP_MS;
    let lastSeen = 0;
    for (let passes = 0; passes < 2 && Date.now() < deadline;) {
      const alive = await Promise.all(this.doors.map((door) => isAlive(door)));
      passes += 1;
      if (!alive.includes(true)) continue;
      lastSeen = Date.now();
      passes = 0;
    }
    return lastSeen;
  }
}
