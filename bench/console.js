import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { launch } from '../scripts/chromium.js';
import { openScaleDatabase } from './scale-database.js';
import { LARGE, SCALE_OPTIONS } from './seed-scale.js';
import { operatorOf, startTenantry } from './targets.js';

const ASKED = { scriptKilobytes: 250, interactiveMs: 1500, listMs: 300 };
/** Before the measured ones: code is compiled, and pages of the database are read. */
const WARM_UP = 1;
const VIEWPORT = { width: 1280, height: 800 };

/** Lists of the console by the request that fills them. */
const OF_OPERATOR = {
  '/tenants': /\/tenants\?/,
  '/tenants?search=tenant-4711': /\/tenants\?/,
  '/tenants?sort=-created_at': /\/tenants\?/,
  '/templates': /\/policy-templates/,
  '/audit': /\/audit-events/,
};
const OF_TENANT = {
  '/users': /\/users\?/,
  '/users?sort=name': /\/users\?/,
  '/users?search=a': /\/users\?/,
  '/users?enabled=false': /\/users\?/,
  '/applications': /\/clients\?/,
  '/apis': /\/apis\?/,
  '/reviews': /\/client-registrations\?/,
  '/invitations': /\/invitations\?/,
  '/groups': /\/groups\?/,
  '/roles': /\/roles/,
  '/attributes': /\/user-attributes/,
  '/keys': /\/keys/,
  '/domains': /\/domains/,
  '/mail': /\/mail(\?|$)/,
  '/audit': /\/audit-events/,
  '/webhooks': /\/webhooks\?/,
  '/access-grants': /\/access-grants/,
};

/**
 * Runs in the page. `shown`: when the first row of a list, or the home's content, was painted; `handled`: when the first
 * click had its effect. Both in milliseconds since the navigation began.
 */
const WATCH = `(() => {
  const isLoading = () => document.querySelector('main [aria-busy=true], main .mantine-Skeleton-root') !== null;
  const isShown = () => document.querySelector('main h1') !== null && !isLoading() &&
    document.querySelector('main table.list tbody tr, main .empty, main .home .panel, main .panel') !== null;
  const look = () => {
    if (!isShown()) return requestAnimationFrame(look);
    // The next frame: this one is painted by then.
    requestAnimationFrame(() => {
      self.shown = performance.now();
      const menu = document.querySelector('.avatar-button');
      menu.click();
      const wait = () => {
        if (menu.getAttribute('aria-expanded') !== 'true') return requestAnimationFrame(wait);
        self.handled = performance.now();
        document.documentElement.setAttribute('data-handled', '');
      };
      wait();
    });
  };
  requestAnimationFrame(look);
})()`;

/** What people wait for in the console of a large platform, measured in Chromium, after `npm run seed:scale`. */
export async function measureConsole() {
  const { values } = parseArgs({ options: { ...SCALE_OPTIONS, runs: { type: 'string', default: '10' } } });
  const runs = Number(values.runs);
  const database = await openScaleDatabase(values.dir);
  try {
    const server = await startTenantry(await database.seededUrlOf('scale'), { keys: database.keys });
    await measureAt(server, runs).finally(() => server.stop());
  } finally {
    await database.stop();
  }
}

async function measureAt(server, runs) {
  const { port } = new URL(server.origin);
  const origin = `http://bench.test:${port}`;
  // As behind TLS: the address counts as secure, and the name leads to this machine.
  const browser = await launch([
    '--host-resolver-rules=MAP bench.test 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${origin}`,
  ]);
  try {
    const people = await makePeople(server);
    const ofPlatform = `${origin}/console`;
    const ofTenant = `${origin}/t/${LARGE}/console`;
    const operator = await signedIn(browser, ofPlatform, people.system);
    const admin = await signedIn(browser, ofTenant, people[LARGE]);
    process.stdout.write(`Load of the machine: ${loadavg()[0].toFixed(1)}\n\n`);
    const first = [
      ['home of an operator', operator, `${ofPlatform}/`],
      ['list of tenants', operator, `${ofPlatform}/tenants`],
      [`home of an administrator`, admin, `${ofTenant}/`],
      [`list of users`, admin, `${ofTenant}/users`],
    ];
    report(
      'first screen, nothing cached',
      ['script kB', 'content p50', 'p95', 'interactive p50', 'p95', 'page CPU'],
      [
        ['asked for', ASKED.scriptKilobytes, '', '', '', ASKED.interactiveMs, ''],
        ...(await each(first, async ([name, state, address]) => [
          name,
          ...(await firstScreens(browser, state, address, runs)),
        ])),
      ],
    );
    const lists = [
      ...Object.entries(OF_OPERATOR).map(([path, request]) => [operator, `${ofPlatform}${path}`, path, request]),
      ...Object.entries(OF_TENANT).map(([path, request]) => [admin, `${ofTenant}${path}`, `${LARGE} ${path}`, request]),
    ];
    report(
      'first page of a list, from request to rows',
      ['p50', 'p95', 'request p50', 'page CPU'],
      [
        ['asked for', '', ASKED.listMs, '', ''],
        ...(await each(lists, async ([state, address, name, request]) => [
          name,
          ...(await listTimes(browser, { state, address, request, runs })),
        ])),
      ],
    );
    process.stdout.write(`\nLoad of the machine: ${loadavg()[0].toFixed(1)}\n`);
  } finally {
    await browser.close();
  }
}

/** Somebody new at the platform and at the large tenant, who may do everything there. */
async function makePeople(server) {
  const operator = await operatorOf(server);
  const username = `bench-${Date.now().toString(36)}`;
  const password = randomBytes(18).toString('base64url');
  const people = {};
  for (const tenant of ['system', LARGE]) {
    await operator.create(`/tenants/${tenant}/users`, { username, password, tenant_admin: true });
    people[tenant] = { username, password };
  }
  await operator.close();
  return people;
}

/** @returns the cookies of a browser that is signed in */
async function signedIn(browser, address, { username, password }) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en' });
  const page = await context.newPage();
  await page.goto(address);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('#login-submit');
  await page.waitForSelector('main h1');
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Each in a browser that has nothing but the session. */
async function firstScreens(browser, storageState, address, runs) {
  const shown = [];
  const handled = [];
  const busy = [];
  let kilobytes = 0;
  for (let run = -WARM_UP; run < runs; run += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en', storageState });
    const { page, cpuMs } = await open(context, address);
    const times = await page.evaluate('[shown, handled]');
    kilobytes = (await page.evaluate(SCRIPT_BYTES)) / 1000;
    await context.close();
    if (run < 0) continue;
    shown.push(times[0]);
    handled.push(times[1]);
    busy.push(cpuMs);
  }
  return [kilobytes, at(shown, 0.5), at(shown, 0.95), at(handled, 0.5), at(handled, 0.95), at(busy, 0.5)];
}

/** As it came over the wire, compressed. */
const SCRIPT_BYTES = `performance.getEntriesByType('resource').filter(({ name }) => /\\.js$/.test(name))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

/** In a browser that has the files of the console already. */
async function listTimes(browser, { state: storageState, address, request, runs }) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en', storageState });
  const times = [];
  const requests = [];
  const busy = [];
  for (let run = -WARM_UP; run < runs; run += 1) {
    const { page, cpuMs } = await open(context, address);
    const entries = await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => ({ name, startTime, responseEnd }))`,
    );
    const own = entries.find(({ name }) => name.includes('/console/api/') && request.test(name));
    if (!own) throw new Error(`${address} asks for nothing like ${request}.`);
    const shown = await page.evaluate('shown');
    await page.close();
    if (run < 0) continue;
    times.push(shown - own.startTime);
    requests.push(own.responseEnd - own.startTime);
    busy.push(cpuMs);
  }
  await context.close();
  return [at(times, 0.5), at(times, 0.95), at(requests, 0.5), at(busy, 0.5)];
}

/** @returns the page when its first click was handled, and the processor time of its main thread until then */
async function open(context, address) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(WATCH);
  await page.goto(address);
  await page.waitForSelector('html[data-handled]', { state: 'attached' });
  const { metrics } = await session.send('Performance.getMetrics');
  return { page, cpuMs: metrics.find(({ name }) => name === 'TaskDuration').value * 1000 };
}

/** One after the other. */
async function each(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function report(title, columns, rows) {
  const cell = (value) => (typeof value === 'number' ? value.toFixed(0) : value).padStart(16);
  const lines = rows.map(([name, ...cells]) => name.padEnd(36) + cells.map(cell).join(''));
  process.stdout.write(`${title.padEnd(36)}${columns.map(cell).join('')}\n${lines.join('\n')}\n\n`);
}
