import { isLoopbackHost } from '../config/public-address.js';
import { parseUrl } from '../oauth/parse-url.js';
import { parseHexColor, contrastRatio, WHITE } from '../tenants/contrast.js';
import type { Branding } from '../tenants/branding.js';
import type { EndingGrant } from '../tenants/tenant-policy.js';
import type { TenantStatus } from '../tenants/tenant.js';

/** `missing`: people cannot sign in, or nobody can manage the tenant. `warning`: it works, and should be looked at. */
export type ReadinessState = 'ok' | 'warning' | 'missing';

export type CheckValues = Readonly<Record<string, string | number>>;

export interface ReadinessCheck {
  readonly name:
    'status' | 'addresses' | 'keys' | 'mail' | 'administrator' | 'client' | 'redirect_uris' | 'branding' | 'grants';
  readonly state: ReadinessState;
  readonly detail: string;
  /** What `detail` names, for those who say it in their own words. Name and state tell which sentence it is, unless it is `ok`. */
  readonly values: CheckValues;
  /** What to do; null where nothing is to do. */
  readonly action: string | null;
  /** Where it is done, below the tenant in the management API. */
  readonly path: string;
}

/** What is stored of a tenant. */
export interface ReadinessFacts {
  readonly administrators: boolean;
  /** An invitation of an administrator can be accepted. */
  readonly invited: boolean;
  /** Clients of applications, at most some. */
  readonly clients: readonly ClientFacts[];
  /** Domains whose proof is missing, and until when they go on without. */
  readonly failingDomains?: readonly { readonly domain: string; readonly lapsesAt: string }[];
  /** The mail that ended last. */
  readonly lastMail: { readonly state: 'sent' | 'failed'; readonly reply: string | null } | undefined;
}

export interface ClientFacts {
  readonly clientId: string;
  /** Its grant types lead through the browser. */
  readonly redirects: boolean;
  readonly redirectUris: readonly string[];
  readonly grantTypes?: readonly string[];
}

export interface ReadinessSubject {
  readonly status: TenantStatus;
  readonly branding: Pick<Branding, 'primaryColor'>;
  readonly hasKeys: boolean;
  /** Grants that the policy switches off on a day, or has. */
  readonly endingGrants?: readonly EndingGrant[];
  readonly addresses: { readonly all: readonly string[]; readonly answering: readonly string[] };
  readonly platform: { readonly production: boolean; readonly hasSmtp: boolean };
}

/** A tenant that has just been made. */
export const NOTHING_YET: ReadinessFacts = { administrators: false, invited: false, clients: [], lastMail: undefined };

/** WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** What a tenant still needs before its people can sign in. */
export function assessReadiness(subject: ReadinessSubject, facts: ReadinessFacts): ReadinessCheck[] {
  return [
    checkStatus(subject),
    checkAddresses(subject, facts),
    checkKeys(subject),
    checkMail(subject, facts),
    checkAdministrator(facts),
    checkClient(facts),
    checkRedirectUris(subject, facts),
    checkBranding(subject),
    ...checkGrants(subject, facts),
  ];
}

export function isReady(checks: readonly ReadinessCheck[]): boolean {
  return checks.every(({ state }) => state !== 'missing');
}

function checkStatus({ status }: ReadinessSubject): ReadinessCheck {
  const here = { name: 'status', path: '' } as const;
  if (status === 'active') return { ...here, ...ok('The tenant is active.') };
  return {
    ...here,
    ...missing('The tenant is suspended.', 'Resume it: PATCH status to active. Only operators do this.'),
  };
}

function checkAddresses(
  { status, addresses: { all, answering } }: ReadinessSubject,
  { failingDomains = [] }: ReadinessFacts,
): ReadinessCheck {
  const here = { name: 'addresses', path: '' } as const;
  const silent = all.filter((issuer) => !answering.includes(issuer));
  if (silent.length === 0 && failingDomains.length > 0) {
    const failing = failingDomains.map(({ domain, lapsesAt }) => `${domain}, which goes on until ${lapsesAt}`);
    const action = 'Put the proof back, or delete the domain: GET /domains says what was found.';
    const [until = ''] = failingDomains.map(({ lapsesAt }) => lapsesAt).sort();
    const values = { domains: failingDomains.map(({ domain }) => domain).join(', '), until };
    return {
      ...here,
      path: '/domains',
      ...warning(`The proof is missing of ${failing.join(' and of ')}.`, action, values),
    };
  }
  if (silent.length === 0) return { ...here, ...ok(`It answers as ${all.join(' and ')}.`) };
  const action = status === 'active' ? 'Ask for the report again in some seconds.' : 'Resume the tenant.';
  const values = { addresses: silent.join(', ') };
  return { ...here, ...missing(`It does not answer as ${silent.join(' and ')}.`, action, values) };
}

function checkKeys({ hasKeys }: ReadinessSubject): ReadinessCheck {
  const here = { name: 'keys', path: '/keys' } as const;
  if (hasKeys) return { ...here, ...ok('Its signing keys can be used.') };
  return {
    ...here,
    ...missing('A signing key is missing or cannot be opened.', 'Rotate the keys: POST /keys/rotate.'),
  };
}

function checkMail({ platform }: ReadinessSubject, { lastMail }: ReadinessFacts): ReadinessCheck {
  const here = { name: 'mail', path: '/mail' } as const;
  if (!platform.hasSmtp) {
    if (!platform.production) return { ...here, ...ok('Mails are kept on this machine, at /dev/mail.') };
    return { ...here, ...missing('The platform sends no mail.', 'The operator sets SMTP_URL.') };
  }
  if (lastMail?.state === 'failed') {
    const action = 'Mend what the reply says, then POST /mail/test.';
    const reply = lastMail.reply ?? 'no reply';
    const values: CheckValues = lastMail.reply === null ? {} : { reply };
    return { ...here, ...warning(`The last mail was not delivered: ${reply}.`, action, values) };
  }
  return { ...here, ...ok(lastMail ? 'The last mail was delivered.' : 'The platform sends mail. None was sent yet.') };
}

function checkAdministrator({ administrators, invited }: ReadinessFacts): ReadinessCheck {
  const here = { name: 'administrator', path: '/invitations' } as const;
  if (administrators) return { ...here, ...ok('There is an administrator.') };
  if (invited) {
    return {
      ...here,
      ...warning('An administrator is invited.', 'Wait until the invitation is accepted, or send it again.'),
    };
  }
  const action = 'Invite one: POST /invitations with "roles": ["owner"], or make a user with "tenant_admin": true.';
  return { ...here, ...missing('Nobody administers the tenant.', action) };
}

function checkClient({ clients }: ReadinessFacts): ReadinessCheck {
  const here = { name: 'client', path: '/clients' } as const;
  if (clients.length > 0) return { ...here, ...ok('There is a client.') };
  return { ...here, ...missing('There is no client that an application could use.', 'Register one: POST /clients.') };
}

function checkRedirectUris({ platform }: ReadinessSubject, { clients }: ReadinessFacts): ReadinessCheck {
  const here = { name: 'redirect_uris', path: '/clients' } as const;
  const redirecting = clients.filter(({ redirects }) => redirects);
  const without = redirecting.filter(({ redirectUris }) => redirectUris.length === 0);
  if (without.length > 0) {
    const detail = `No redirect URI is registered for ${namesOf(without)}.`;
    return { ...here, ...missing(detail, 'PATCH redirect_uris of these clients.', { clients: listOf(without) }) };
  }
  const local = redirecting.filter(({ redirectUris }) => redirectUris.every(isOfThisMachine));
  if (platform.production && local.length > 0) {
    const detail = `Only this machine's own addresses are registered for ${namesOf(local)}.`;
    return {
      ...here,
      ...warning(detail, 'Register the address of the application, unless it runs on people’s machines.', {
        clients: listOf(local),
      }),
    };
  }
  return { ...here, ...ok('Every client that redirects has a redirect URI.') };
}

/** Only where a grant has a day on which it ends. */
function checkGrants({ endingGrants = [] }: ReadinessSubject, { clients }: ReadinessFacts): ReadinessCheck[] {
  if (endingGrants.length === 0) return [];
  const here = { name: 'grants', path: '/clients' } as const;
  const found = endingGrants.flatMap(({ grant, from }) => {
    const registered = clients.filter(({ grantTypes = [] }) => grantTypes.includes(grant));
    return registered.length === 0 ? [] : [{ grant, from, registered }];
  });
  if (found.length === 0) return [{ ...here, ...ok('No client is registered for a grant that ends.') }];
  const each = found.map(({ grant, from, registered }) => `${grant} from ${from} on: ${namesOf(registered)}`);
  const detail = `These grants are refused, for clients that are registered for them: ${each.join('; ')}.`;
  const action = 'Move them to authorization_code; /grant-usage of each says who still uses one.';
  const concerned = [...new Set(found.flatMap(({ registered }) => registered))];
  const [from = ''] = found.map((one) => one.from).sort();
  const values = { grants: found.map(({ grant }) => grant).join(', '), from, clients: listOf(concerned) };
  return [{ ...here, ...warning(detail, action, values) }];
}

function checkBranding({ branding }: ReadinessSubject): ReadinessCheck {
  const here = { name: 'branding', path: '' } as const;
  const color = parseHexColor(branding.primaryColor);
  const contrast = color === undefined ? undefined : contrastRatio(color, WHITE);
  if (contrast === undefined || contrast >= LEAST_CONTRAST) return { ...here, ...ok('Its colours can be read.') };
  return {
    ...here,
    ...warning(
      `primary_color has a contrast of ${contrast.toFixed(1)}:1 on white, below ${LEAST_CONTRAST}:1. Pages use a darker one.`,
      'Choose a darker primary_color, or leave it to the correction.',
      { contrast: Number(contrast.toFixed(1)), needed: LEAST_CONTRAST },
    ),
  };
}

/** Plain http to this machine, which works for nobody else; native applications use it too (RFC 8252 §7.3). */
function isOfThisMachine(redirectUri: string): boolean {
  const url = parseUrl(redirectUri);
  return url?.protocol === 'http:' && isLoopbackHost(url.hostname);
}

const MOST_NAMES = 5;

function namesOf(clients: readonly ClientFacts[], others = ' and others'): string {
  const names = clients.slice(0, MOST_NAMES).map(({ clientId }) => clientId);
  return names.join(', ') + (clients.length > MOST_NAMES ? others : '');
}

/** The same for every language. */
function listOf(clients: readonly ClientFacts[]): string {
  return namesOf(clients, ', …');
}

function ok(detail: string) {
  return { state: 'ok', detail, action: null, values: {} } as const;
}

function warning(detail: string, action: string, values: CheckValues = {}) {
  return { state: 'warning', detail, action, values } as const;
}

function missing(detail: string, action: string, values: CheckValues = {}) {
  return { state: 'missing', detail, action, values } as const;
}
