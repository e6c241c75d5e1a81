import { TestConsole } from '../console/console-fixture.js';
import { type Page, TestBrowser } from '../support/browser.js';
import type { HttpAnswer } from '../support/http.js';
import type { ManagementClient } from '../support/management-client.js';

/** A setup link as the API answers it when it is made. */
export interface MadeLink {
  readonly id: string;
  readonly url: string;
}

export const LINKS = '/tenants/acme/setup-links';

export function makeLink(by: ManagementClient, body: object = {}, path = LINKS): Promise<MadeLink> {
  return by.create<MadeLink>(path, { purposes: ['verify_domain', 'brand'], ...body });
}

/** Somebody of another company, who was sent a link. */
export class Stranger {
  readonly console: TestConsole;

  constructor(
    /** `http://localhost:4711/t/acme` */
    readonly issuer: string,
    readonly browser = new TestBrowser(),
  ) {
    this.console = new TestConsole(`${issuer}/console`, browser);
  }

  /** Opens the link and presses the button. @returns the page that this leads to */
  async begin(url: string): Promise<Page> {
    return this.browser.submit(await this.browser.open(url), 'setup-form');
  }

  session(): Promise<Page> {
    return this.console.session();
  }

  api(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Page> {
    return this.console.api(method, path, body, headers);
  }

  finish(): Promise<Page> {
    const headers = { 'tenantry-console': '1', 'sec-fetch-site': 'same-origin' };
    return this.browser.request('POST', `${this.console.address}/setup/finish`, undefined, headers);
  }
}

/** Why a link or its session does not work, as its page or the console says it. */
export function reasonOf({ text }: Pick<HttpAnswer, 'text'>): string | undefined {
  return /data-reason="(\w+)"/.exec(text)?.[1] ?? /"reason":"(\w+)"/.exec(text)?.[1];
}
