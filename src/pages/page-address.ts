import type { OAuthParameters } from '../oauth/parameters.js';
import type { FormPurpose } from './browser/csrf.js';
import type { ErrorPage } from './page-content.js';

/**
 * Every page that can be opened by its address. A person is redirected to these pages only. A page that answers a form
 * is one of them as well.
 */
export const PAGES = [
  'sign-in',
  'second-factor',
  'consent',
  'account',
  'change-password',
  'forgot-password',
  'forgot-username',
  'reset-password',
  'end-session',
  'error',
  'sign-up',
  'sign-up-code',
  'sign-up-link',
  'invitation',
  'set-password',
  'verify-address',
  'verify-address-link',
  'accept-terms',
  'keep-account',
  'complete-profile',
  'setup-link',
] as const;

type PageName = (typeof PAGES)[number];

/** Of a page below the tenant's own address; some have pages below their own. */
export type PageAddress = `/${PageName}` | `/${PageName}/${string}` | `/${PageName}?${string}`;

/** Of a page of the person's account. */
export type AccountAddress = '/account' | `/account/${string}` | '/change-password';

const ACCOUNT_ADDRESS = /^\/(?:account(?:\/[a-z0-9-]{1,40}){0,3}|change-password)$/;

/** In the query: the account page that a person is led back to. Anything else leads to the account page itself. */
export const RETURN = 'return';
/** In the query of the sign-in page: the person is signed in, and does it again for a sensitive change. */
export const AGAIN = 'again';

/** In the query of the sign-in page: the person chooses among the accounts of the browser, or adds one. */
export const CHOOSE = 'choose';

/** In the query of a sign-in page in steps: somebody else signs in than was named before. */
export const OTHER = 'other';

export function readReturn(value: unknown): AccountAddress {
  return typeof value === 'string' && ACCOUNT_ADDRESS.test(value) ? (value as AccountAddress) : '/account';
}

/** The address of a page that leads back to this one of the account. */
export function withReturn(page: string, address: AccountAddress): string {
  return address === '/account' ? page : `${page}?${new URLSearchParams({ [RETURN]: address }).toString()}`;
}

export function accountSignInAddress(address: AccountAddress, { again = false, choose = false } = {}): string {
  const page = withReturn('/sign-in', address);
  const mark = again ? AGAIN : choose ? CHOOSE : undefined;
  return mark === undefined ? page : `${page}${page.includes('?') ? '&' : '?'}${mark}`;
}

const BELOW_A_PAGE = /^(?:account|second-factor(?:\/enrol)?)\/[a-z]+(-[a-z]+)*$/;
const OF_A_CLIENT = /^account\/clients\/(?:new|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/[a-z]+)?)$/;

/** Whether there may be a page of this name. */
export function isPageName(name: string): boolean {
  return (PAGES as readonly string[]).includes(name) || BELOW_A_PAGE.test(name) || OF_A_CLIENT.test(name);
}

/** In the query of the sign-in page: a new password was chosen, and where: `elsewhere` is not where the person began. */
export const PASSWORD_RESET = 'password_reset';

/** In the query of the sign-in page: the person believed to be signed in. */
export const SIGNED_OUT = 'signed_out';

/** What an error page shows. */
export type ErrorSubject = Pick<ErrorPage, 'error' | 'requestId'> &
  Partial<Pick<ErrorPage, 'reason'>> & {
    /** The application that the page leads back to. */
    readonly clientId?: string;
  };

/** The page of a pending request; without one, that of the person's own account. */
export function pendingAddress(page: 'sign-in' | 'consent', requestId: string | undefined): PageAddress {
  return requestId === undefined ? `/${page}` : withQuery(`/${page}`, { request: requestId });
}

/** Of a page for people who forgot something; what is undefined is left out of the query. */
export function recoveryAddress(
  page: 'forgot-password' | 'forgot-username' | 'reset-password',
  query: Readonly<Record<string, string | undefined>>,
): PageAddress {
  return withQuery(`/${page}`, query);
}

export function signOutAddress(ticket: string | undefined): PageAddress {
  return ticket === undefined ? '/end-session' : withQuery('/end-session', { ticket });
}

/** The address of the page that a form was on. When nobody is signed in, it is that of the sign-in page. */
export function formAddress(purpose: FormPurpose, params: OAuthParameters, isSignedIn: boolean): PageAddress {
  if (purpose === 'sign-out') return signOutAddress(params.find('ticket'));
  const request = params.find('request');
  if (!isSignedIn) return withQuery('/sign-in', { request, [SIGNED_OUT]: '' });
  if (isOfAccount(purpose)) return `/${purpose}`;
  return pendingAddress(purpose === 'consent' ? 'consent' : 'sign-in', request);
}

function isOfAccount(purpose: FormPurpose): purpose is `account/${string}` {
  return purpose.startsWith('account/');
}

export function errorAddress({ error, reason, clientId, requestId }: ErrorSubject): PageAddress {
  return withQuery('/error', { error, reason, client: clientId, id: requestId });
}

/** The address of a page with what it needs to know. */
export function withQuery(page: `/${PageName}`, given: Readonly<Record<string, string | undefined>>): PageAddress {
  const query = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (query.length === 0) return page;
  return `${page}?${new URLSearchParams(query).toString()}`;
}
