import type { Page } from 'playwright-core';

/** A tenant as somebody who only knows its public interface sees it. */
export interface TourStop {
  /** At its path or at its host. */
  readonly issuer: string;
  /** Whose consent page is shown; with `redirectUri` registered. */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** Of the user `alice`. */
  readonly password: string;
  /** The address of the mails of a development installation. */
  readonly mailbox: string;
  /** Lets every pending authorization request expire; without it that page is left out. */
  readonly expireRequests?: () => Promise<void>;
}

/** The address of an authorization request of the tour's client. */
export function authorizeUrl(stop: TourStop, params?: Readonly<Record<string, string>>): string;

/** Visits every page of a tenant in a fresh browser context; `look` sees each while it stands still. */
export function tour(page: Page, stop: TourStop, look: (name: string) => Promise<void>): Promise<void>;
