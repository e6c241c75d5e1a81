import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { processorSeconds, residentMegabytes } from './processes.js';
import { DATABASES, openScaleDatabase } from './scale-database.js';
import { LARGE, SCALE_OPTIONS } from './seed-scale.js';
import { personOf } from './seed-users.js';
import { operatorOf, startTenantry } from './targets.js';

const USERS = `/tenants/${LARGE}/users`;
/** Until a process that has started does nothing any more. */
const IDLE_MS = 5_000;
const ONBOARDED = 40;
/** Before the measured ones: code is compiled, and pages of the database are read. */
const WARM_UP = 10;

/** What lists, searches and detail pages of many rows take, and what many rows cost a process that does nothing. */
export async function measureScale() {
  const { values } = parseArgs({ options: { ...SCALE_OPTIONS, requests: { type: 'string', default: '100' } } });
  const database = await openScaleDatabase(values.dir);
  try {
    for (const name of DATABASES) {
      const server = await startTenantry(await database.seededUrlOf(name), { keys: database.keys });
      try {
        await delay(IDLE_MS);
        const memory = residentMegabytes(server.pid)?.toFixed(0) ?? '?';
        process.stdout.write(`\n${name}: ready after ${server.startedInMs} ms, ${memory} MB when idle\n`);
        const operator = await operatorOf(server);
        process.stdout.write(`onboarding: ${(await onboard(server, operator)).toFixed(1)} ms of CPU each\n`);
        if (name === 'scale') await measureRequests(operator, Number(values.requests));
        await operator.close();
      } finally {
        await server.stop();
      }
    }
  } finally {
    await database.stop();
  }
}

/** Of the process of the platform. A tenant gets its keys, its first administrator and an invitation. */
async function onboard(server, operator) {
  const run = Date.now().toString(36);
  const create = (index) =>
    operator.create('/tenants', {
      slug: `new-${run}-${index}`,
      display_name: 'New',
      admin: { email: `admin@new-${index}.example` },
    });
  for (let index = 0; index < WARM_UP; index += 1) await create(`warm-${index}`);
  const before = processorSeconds(server.pid);
  for (let index = 0; index < ONBOARDED; index += 1) await create(index);
  return ((processorSeconds(server.pid) - before) * 1000) / ONBOARDED;
}

async function measureRequests(operator, requests) {
  const { page } = await operator.get(`${USERS}?limit=1&total=true`);
  const people = page.estimated_total;
  const { page: all } = await operator.get('/tenants?limit=1&total=true');
  const tenants = all.estimated_total;
  process.stdout.write(`${people} users in one tenant, ${tenants} tenants\n\n`);
  const rows = [];
  for (const [name, pathOf] of Object.entries(CASES)) {
    const times = [];
    for (let turn = -WARM_UP; turn < requests; turn += 1) {
      const path = pathOf({
        number: ((turn + WARM_UP) * 7919) % people,
        tenant: ((turn + WARM_UP) * 7919) % (tenants - 3),
      });
      const began = performance.now();
      await operator.get(path);
      if (turn >= 0) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1).padStart(8);
    rows.push(`${name.padEnd(34)} ${at(0.5)} ${at(0.95)}`);
  }
  process.stdout.write(`${'milliseconds'.padEnd(34)}      p50      p95\n${rows.join('\n')}\n`);
}

const beginningOf = (text, share) => encodeURIComponent(text.slice(0, Math.ceil(text.length * share)));

const CASES = {
  'users, first page': () => USERS,
  'users, newest first': () => `${USERS}?sort=-created_at`,
  'users by name': () => `${USERS}?sort=name`,
  'users by user name, backwards': () => `${USERS}?sort=-username&limit=200`,
  'users with total': () => `${USERS}?total=true`,
  'search of one letter': ({ number }) => `${USERS}?search=${'abcdefghijkl'[number % 12]}`,
  'search of a user name': ({ number }) => `${USERS}?search=${beginningOf(personOf(number).username, 0.9)}`,
  'search of an e-mail address': ({ number }) => `${USERS}?search=${encodeURIComponent(personOf(number).email)}`,
  'search of a surname': ({ number }) => `${USERS}?search=${beginningOf(personOf(number).name.split(' ').at(1), 1)}`,
  'search of an id': ({ number }) => `${USERS}?search=${personOf(number).id.slice(0, 30)}`,
  'search with filter and total': ({ number }) => `${USERS}?search=${'abcd'[number % 4]}&enabled=false&total=true`,
  'disabled users': () => `${USERS}?enabled=false`,
  'users made in a week': () => `${USERS}?created_since=2024-06-01T00:00:00Z&created_until=2024-06-08T00:00:00Z`,
  'one user': ({ number }) => `${USERS}/${personOf(number).id}`,
  'tenants, first page': () => '/tenants',
  'tenants by display name': () => '/tenants?sort=display_name',
  'tenants with total': () => '/tenants?total=true',
  'search of a slug': ({ tenant }) => `/tenants?search=tenant-${tenant}`,
  'one tenant': ({ tenant }) => `/tenants/tenant-${tenant}`,
};
