import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { findIsolationFaults } from '../database/isolation-check.js';
import { reportRole } from '../database/runtime-role.js';
import { closeConnection, openConnection } from '../database/single-connection.js';
import { discover } from './discover.js';
import type { Finding } from './finding.js';
import { CliError, type Whereabouts, findWhereabouts, issuerOf } from './installation.js';
import { localFetch } from './local-fetch.js';
import { checkProduction } from './production-checks.js';

const OLDEST_POSTGRES = 150_000;
const SIGNS = { good: '✓', note: '·', bad: '✗' } as const;

/** `tenantry doctor`: what is wrong with this installation and how to mend it. */
export async function examine(
  url: string | undefined,
): Promise<{ findings: readonly Finding[]; report: string; healthy: boolean }> {
  const findings = [
    checkNode(),
    checkEnvironment(),
    await checkDatabase(),
    ...(await checkProduction()),
    ...(await checkPlatform(url)),
  ];
  const width = Math.max(...findings.map(({ what }) => what.length));
  const report = findings.map(({ what, state, text }) => `${SIGNS[state]} ${what.padEnd(width)}  ${text}`).join('\n');
  return { findings, report, healthy: findings.every(({ state }) => state !== 'bad') };
}

/** Its addresses are looked at only where somebody answers: one cause is one finding. */
async function checkPlatform(url: string | undefined): Promise<Finding[]> {
  try {
    const whereabouts = findWhereabouts(url);
    const server = await checkServer(whereabouts);
    if (server.state === 'bad') return [server];
    return [
      server,
      await checkIssuer(whereabouts, 'system', false),
      await checkIssuer(whereabouts, 'system', true),
      await checkResolver(whereabouts),
    ];
  } catch (error) {
    if (error instanceof CliError) return [{ what: 'Platform', state: 'bad', text: error.message }];
    throw error;
  }
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const text = good
    ? `Node.js ${process.versions.node}`
    : `Node.js ${process.versions.node} is too old; install 20.19 or newer`;
  return { what: 'Node.js', state: good ? 'good' : 'bad', text };
}

function checkEnvironment(): Finding {
  const what = 'Environment';
  try {
    return { what, ...readEnvironment() };
  } catch (error) {
    if (error instanceof ConfigError) return { what, state: 'bad', text: error.problems.join('\n  ') };
    throw error;
  }
}

/** As a start would read it. @throws ConfigError */
function readEnvironment(): Pick<Finding, 'state' | 'text'> {
  if (
    process.env['NODE_ENV'] === 'production' ||
    existsSync(join(process.env['DATA_DIR'] || '.data', 'secrets.json'))
  ) {
    const { production, dataDir } = loadConfig();
    return { state: 'good', text: production ? 'complete for production' : `development, data in ${dataDir}` };
  }
  // A first start would make a data directory and secrets; looking must not.
  const scratch = mkdtempSync(join(tmpdir(), 'tenantry-doctor-'));
  try {
    loadConfig({ ...process.env, DATA_DIR: scratch });
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return { state: 'note', text: 'not started here yet: "npm start" makes what is needed' };
}

async function checkDatabase(): Promise<Finding> {
  const what = 'Database';
  const { DATABASE_URL, NODE_ENV } = process.env;
  if (!DATABASE_URL) {
    if (NODE_ENV === 'production')
      return { what, state: 'bad', text: 'none; set DATABASE_URL to PostgreSQL 15 or newer' };
    return { what, state: 'good', text: 'embedded PostgreSQL, started and stopped with the platform' };
  }
  let client: Client | undefined;
  try {
    client = await openConnection({ connectionString: DATABASE_URL, query_timeout: 3000 });
    const { rows } = await client.query<{ version: string; number: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number`,
    );
    const role = await reportRole(client);
    const text = `PostgreSQL ${rows[0]?.version} as ${role.role}`;
    if (Number(rows[0]?.number) < OLDEST_POSTGRES) return { what, state: 'bad', text: `${text}; use 15 or newer` };
    const faults = await findIsolationFaults(client);
    if (faults.length > 0) return { what, state: 'bad', text: [text, ...faults].join('\n  ') };
    if (!role.bypassesRowSecurity) return { what, state: 'good', text };
    const mend = `${text}, which is not held to row-level security; use a role NOSUPERUSER NOBYPASSRLS`;
    return { what, state: NODE_ENV === 'production' ? 'bad' : 'note', text: mend };
  } catch (error) {
    return {
      what,
      state: 'bad',
      text: `cannot be used: ${(error as Error).message}; start it, or correct DATABASE_URL`,
    };
  } finally {
    if (client) await closeConnection(client);
  }
}

async function checkServer({ publicUrl }: Whereabouts): Promise<Finding> {
  const what = 'Platform';
  try {
    const answer = await localFetch(`${publicUrl}/health/ready`);
    if (answer.ok) return { what, state: 'good', text: `ready at ${publicUrl}` };
    if (answer.status === 404) {
      const text = `something else answers at ${publicUrl}; is PUBLIC_URL (or PORT) the one of the platform?`;
      return { what, state: 'bad', text };
    }
    return { what, state: 'bad', text: `answers ${answer.status} at ${publicUrl}/health/ready; look at its log` };
  } catch {
    return {
      what,
      state: 'bad',
      text: `does not answer at ${publicUrl}; "npm start" starts it, or its service in production; PUBLIC_URL names another`,
    };
  }
}

async function checkIssuer(whereabouts: Whereabouts, tenant: string, atHost: boolean): Promise<Finding> {
  const what = atHost ? 'Host addresses' : 'Path addresses';
  const issuer = issuerOf(whereabouts, tenant, atHost);
  try {
    await discover(issuer);
    return { what, state: 'good', text: `${issuer} is an issuer` };
  } catch (error) {
    if (error instanceof CliError) return { what, state: 'bad', text: error.message };
    throw error;
  }
}

/** Browsers and curl find `*.localhost` by themselves; programs ask the machine. */
async function checkResolver({ tenantHostSuffix }: Whereabouts): Promise<Finding> {
  const name = `acme.${tenantHostSuffix}`;
  const what = 'Names of tenants';
  try {
    const { address } = await lookup(name);
    return { what, state: 'good', text: `${name} is ${address}` };
  } catch {
    const text = `this machine does not resolve ${name}; browsers do, for other programs use path addresses or /etc/hosts`;
    return { what, state: 'note', text };
  }
}
