import type { DerivedCache } from '../database/derived-cache.js';
import type { TenantCaches } from '../database/tenant-caches.js';
import type { PageView, SignInPage, TenantLook } from './page-content.js';
import { renderPage } from './render-page.js';

/** A page as it is written to the response. `latin1`: every character is one byte of the page in UTF-8. */
export interface RenderedPage {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** What stands for a value that is another one each time. No text in JSON has it. */
const SLOT = '\u0000';

/**
 * Renders pages. The sign-in page that every new browser gets is rendered once for each tenant, client and language, and
 * kept without what differs each time: the nonce, the CSRF token and the request. A changed tenant has another look.
 */
export class PageTemplates {
  private readonly templates: DerivedCache<
    TenantLook,
    PageTemplate,
    SignInPage & { readonly slots: readonly string[] }
  >;

  constructor(caches: TenantCaches) {
    this.templates = caches.createDerived({
      name: 'page-templates',
      derive: (_, { slots, ...view }) => new PageTemplate(renderPage(view), slots),
      sizeOf: ({ bytes }) => bytes,
    });
  }

  render(view: PageView): RenderedPage {
    if (view.page !== 'sign-in' || isPersonal(view)) return { text: renderPage(view), encoding: 'utf8' };
    const { tenant, ...context } = view.context;
    const { csrf, request } = view.hidden;
    const slots = [context.nonce, csrf, request].filter((value) => value !== undefined);
    // All that the page is made from: a new member of the view is part of the key as well.
    const key = slots.reduce(
      (text, slot, index) => text.replaceAll(slot, `${SLOT}${index}`),
      JSON.stringify({ ...view, context }),
    );
    return { text: this.templates.get(key, tenant, { ...view, slots }).fill(slots), encoding: 'latin1' };
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
