import { type Page, TestBrowser } from '../support/browser.js';
import { encodeForm } from '../support/http.js';
import type { Platform } from '../support/platform.js';

export const ADMIN_PASSWORD = 'copper kettle wanders twice';
const OWN_PAGE = { 'tenantry-console': '1', 'sec-fetch-site': 'same-origin' };

/** A console as its page uses it. */
export class TestConsole {
  constructor(
    /** `http://localhost:4711/t/acme/console` */
    readonly address: string,
    readonly browser = new TestBrowser(),
  ) {}

  /** Signs in on the tenant's pages. @returns what the browser shows in the end */
  async signIn(username: string, password = ADMIN_PASSWORD, returnTo?: string): Promise<Page> {
    return this.browser.signIn(await this.begin(returnTo), username, password);
  }

  /** The sign-in page, or what comes in its place. */
  begin(returnTo?: string): Promise<Page> {
    const query = returnTo === undefined ? '' : `?${encodeForm({ return_to: returnTo })}`;
    return this.browser.open(`${this.address}/sign-in${query}`);
  }

  session(): Promise<Page> {
    return this.browser.request('GET', `${this.address}/session`);
  }

  /** A request to the management API through the console. */
  api(method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.browser.request(method, `${this.address}/api/v1${path}`, body && JSON.stringify(body), {
      ...OWN_PAGE,
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    });
  }

  signOut(): Promise<Page> {
    return this.browser.request('POST', `${this.address}/sign-out`, undefined, OWN_PAGE);
  }
}

/** Somebody of the tenant with roles at the management API. */
export async function givenAdmin(
  { operator }: Platform,
  slug: string,
  username: string,
  member: object = { tenant_admin: true },
): Promise<string> {
  const { id } = await operator.create<{ id: string }>(`/tenants/${slug}/users`, {
    username,
    password: ADMIN_PASSWORD,
    email: `${username}@${slug}.test`,
    email_verified: true,
    name: `Admin ${username}`,
    ...member,
  });
  return id;
}
