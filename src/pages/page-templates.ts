import { LRUCache } from 'lru-cache';
import { digest } from '../crypto/digest.js';
import type { PageView, SignInPage, TenantLook } from './page-content.js';
import { renderPage } from './render-page.js';

/** A page as it is written to the response. `latin1`: every character is one byte of the page in UTF-8. */
export interface RenderedPage {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** What stands for a value that is another one each time. No text in JSON has it. */
const SLOT = '\u0000';
/** Some three hundred pages. The budget of the tenants' caches does not pay for them: strangers choose the language. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
/** Pages that were rendered once. Only the second time is a page worth keeping. */
const MAX_SEEN = 2000;

/**
 * Renders pages. The sign-in page that every new browser gets is rendered once for each tenant, client and language, and
 * kept without what differs each time: the nonce, the CSRF token and the request. A changed tenant has another look.
 */
export class PageTemplates {
  private readonly templates = new LRUCache<string, PageTemplate>({
    maxSize: MAX_KEPT_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });
  private readonly seen = new LRUCache<string, true>({ max: MAX_SEEN });
  private readonly looks = new WeakMap<TenantLook, number>();
  private nextLook = 0;

  /** How many pages are kept. */
  get count(): number {
    return this.templates.size;
  }

  render(view: PageView): RenderedPage {
    if (view.page !== 'sign-in' || isPersonal(view)) return { text: renderPage(view), encoding: 'utf8' };
    const { tenant, ...context } = view.context;
    const { csrf, request } = view.hidden;
    const slots = [context.nonce, csrf, request].filter((value) => value !== undefined);
    // All that the page is made from: a new member of the view is part of the key as well.
    const made = slots.reduce(
      (text, slot, index) => text.replaceAll(slot, `${SLOT}${index}`),
      JSON.stringify({ ...view, context, look: this.lookOf(tenant) }),
    );
    const key = digest(made).toString('base64url');
    const known = this.templates.get(key);
    if (known) return { text: known.fill(slots), encoding: 'latin1' };
    const text = renderPage(view);
    if (this.seen.has(key)) this.templates.set(key, new PageTemplate(text, slots));
    else this.seen.set(key, true);
    return { text, encoding: 'utf8' };
  }

  private lookOf(tenant: TenantLook): number {
    const known = this.looks.get(tenant);
    if (known !== undefined) return known;
    this.looks.set(tenant, (this.nextLook += 1));
    return this.nextLook;
  }
}

/** What is said to one person, or about one attempt, is not kept. */
function isPersonal({ username, notice, continueAs, accounts, passkey }: SignInPage): boolean {
  return [username, notice, continueAs, accounts].some((one) => one !== undefined) || !!passkey?.signals?.length;
}

/** A page in pieces, with a slot between two of them. */
class PageTemplate {
  private readonly pieces: readonly string[];
  /** The index of the value that stands after each piece but the last. */
  private readonly slots: readonly number[];

  /** @param values of the page: random ones of letters, digits, `-`, `_` and `.`, which stand there unescaped and nowhere else */
  constructor(page: string, values: readonly string[]) {
    const places = new RegExp(`(${values.map((value) => value.replaceAll('.', '\\.')).join('|')})`);
    const parts = Buffer.from(page).toString('latin1').split(places);
    this.pieces = parts.filter((_, index) => index % 2 === 0);
    this.slots = parts.filter((_, index) => index % 2 === 1).map((value) => values.indexOf(value));
  }

  get bytes(): number {
    return this.pieces.reduce((sum, { length }) => sum + length + 32, 0);
  }

  fill(values: readonly string[]): string {
    let page = this.pieces[0] ?? '';
    for (const [index, slot] of this.slots.entries()) page += `${values[slot] ?? ''}${this.pieces[index + 1] ?? ''}`;
    return page;
  }
}
