import type { TenantId } from '../../database/tenant-id.js';
import { equalInConstantTime, hmacSha256 } from '../../crypto/digest.js';
import type { VisitingBrowser } from '../../authorization/pending-requests.js';
import type { Session } from '../../sessions/session.js';

/** What a form does; a token for one does not serve another. On pages of the account, it is the page that it is on. */
export type FormPurpose =
  | 'sign-in'
  | 'continue'
  | 'second-factor'
  | 'consent'
  | 'password'
  | 'sign-out'
  | 'sign-up'
  | 'mail-link'
  | 'verify-address'
  | 'terms'
  | 'keep-account'
  | 'complete-profile'
  | 'confirm-email'
  | 'recovery'
  | 'setup-link'
  | `account/${string}`;

/**
 * Their forms belong to no person: they make somebody sign in or sign up, name their user and ask for the password, are for
 * people who cannot sign in, or carry the secret of a mail.
 */
const OF_NOBODY: ReadonlySet<FormPurpose> = new Set([
  'sign-in',
  'password',
  'sign-up',
  'mail-link',
  'confirm-email',
  'recovery',
  'setup-link',
]);

/** The form did not come from one of our pages in this browser, or the page is too old. */
export class ForgedFormError extends Error {}

/** The form is genuine, but the person it was shown to is no longer signed in. */
export class PersonChangedError extends Error {
  constructor(readonly purpose: FormPurpose) {
    super('The form was shown to somebody else.');
  }
}

/**
 * A CSRF token that only this tenant's page, shown to this browser and this person, can contain. It is derived from the
 * browser's secret, so nothing is stored and tabs do not disturb each other. One half depends on the page and the other
 * on the person. The sign-in form belongs to no person: it stays valid when somebody signs in in another tab.
 */
export function csrfToken(
  tenantId: TenantId,
  { secret, session }: Pick<VisitingBrowser, 'secret' | 'session'>,
  purpose: FormPurpose,
): string {
  return `${pageHalf(secret, tenantId, purpose)}.${personHalf(secret, tenantId, purpose, session)}`;
}

/** @throws ForgedFormError, PersonChangedError */
export function checkCsrfToken(
  tenantId: TenantId,
  { secret, otherSecrets = [], session }: Pick<VisitingBrowser, 'secret' | 'session'> & Partial<VisitingBrowser>,
  purpose: FormPurpose,
  token: string | undefined,
): void {
  const [page = '', person = ''] = token?.split('.', 2) ?? [];
  const own = [secret, ...otherSecrets].find((each) => isEqual(pageHalf(each, tenantId, purpose), page));
  if (own === undefined) throw new ForgedFormError('No CSRF token, or a wrong one.');
  if (!isEqual(personHalf(own, tenantId, purpose, session), person)) throw new PersonChangedError(purpose);
}

function pageHalf(secret: string, tenantId: TenantId, purpose: FormPurpose): string {
  return hmacSha256(Buffer.from(secret), 'csrf-page', tenantId, purpose).toString('base64url');
}

function personHalf(secret: string, tenantId: TenantId, purpose: FormPurpose, session: Session | undefined): string {
  const person = OF_NOBODY.has(purpose) ? undefined : session?.user.id;
  return hmacSha256(Buffer.from(secret), 'csrf-person', tenantId, person ?? '').toString('base64url');
}

function isEqual(own: string, given: string): boolean {
  return equalInConstantTime(Buffer.from(own), Buffer.from(given));
}

/**
 * Checks where the form was sent from, as the browser says. A page cannot forge `Sec-Fetch-Site`. Browsers without it
 * send `Origin`, which must be this host's or the tenant's own.
 * @throws ForgedFormError
 */
export function checkSameOrigin(
  headers: {
    readonly 'sec-fetch-site'?: unknown;
    readonly origin?: string | undefined;
    readonly host?: string | undefined;
  },
  issuer: string,
): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site !== 'same-origin') throw new ForgedFormError('The form was sent from another site.');
    return;
  }
  if (headers.origin === undefined) return;
  const { protocol, origin } = new URL(issuer);
  if (headers.origin !== origin && headers.origin !== `${protocol}//${headers.host}`) {
    throw new ForgedFormError('The form was sent from another site.');
  }
}
