import type { Response } from 'express';
import type { HeldSession } from '../../sessions/held-session.js';
import { removeCookie, writeAccountsCookie, writeSessionCookie } from '../../sessions/browser-cookies.js';
import type { SessionsService } from '../../sessions/sessions.service.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { KnownBrowser } from './current-browser.js';

/** Every account that the browser is signed in with, the one in use first. */
export function heldAccounts({ session, sessionSecret: secret, others = [] }: KnownBrowser): readonly HeldSession[] {
  return session && secret !== undefined ? [{ session, secret }, ...others] : others;
}

/**
 * Puts an account that just signed in into use. Sessions that there is no room for any more end.
 * @see putInUse
 */
export async function signIntoBrowser(
  sessions: SessionsService,
  response: Response,
  tenant: Tenant,
  browser: KnownBrowser,
  used: HeldSession,
): Promise<void> {
  for (const ended of putInUse(response, tenant, browser, used)) await sessions.end(tenant, ended, browser.origin);
}

/**
 * The secret that a sign-in of this user takes the place of (session fixation). Sessions of other users stay, where the
 * tenant lets a browser have several.
 * @param userId undefined: a new user
 */
export function replacedSecret(tenant: Tenant, browser: KnownBrowser, userId: string | undefined): string | undefined {
  const own = heldAccounts(browser).find(({ session }) => session.user.id === userId);
  if (own) return own.secret;
  return tenant.policy.accountsPerBrowser === 1 || !browser.session ? browser.sessionSecret : undefined;
}

/**
 * Puts an account into use, which may be new in this browser. The others stay beside it.
 * @returns the sessions that there is no room for any more; the caller ends them
 */
export function putInUse(
  response: Response,
  tenant: Tenant,
  browser: KnownBrowser,
  used: HeldSession,
): readonly Session[] {
  const { accountsPerBrowser } = tenant.policy;
  response.appendHeader('Set-Cookie', writeSessionCookie(tenant, used));
  if (accountsPerBrowser === 1) return [];
  const others = heldAccounts(browser).filter(({ session }) => session.user.id !== used.session.user.id);
  keepOthers(response, tenant, others.slice(0, accountsPerBrowser - 1));
  return others.slice(accountsPerBrowser - 1).map(({ session }) => session);
}

/** Forgets an account of this browser, whose session ended. */
export function forget(response: Response, tenant: Tenant, browser: KnownBrowser, ended: Session): void {
  if (ended.id === browser.session?.id)
    return void response.appendHeader('Set-Cookie', removeCookie(tenant, 'session'));
  keepOthers(
    response,
    tenant,
    (browser.others ?? []).filter(({ session }) => session.id !== ended.id),
  );
}

function keepOthers(response: Response, tenant: Tenant, others: readonly HeldSession[]): void {
  const cookie =
    others.length === 0
      ? removeCookie(tenant, 'accounts')
      : writeAccountsCookie(
          tenant,
          others.map(({ secret }) => secret),
        );
  response.appendHeader('Set-Cookie', cookie);
}
