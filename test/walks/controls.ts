import type { Locator, Page } from 'playwright-core';

/** Whatever can be pressed on a page. What a page holds back, such as a button that needs a script, is not there. */
const CONTROLS = ':is(a[href], button, summary):not([hidden], [hidden] *)';

/** As the browser sees it. */
interface Found {
  readonly tag: string;
  /** Complete address of a link, or of where the form of a button goes. */
  readonly target: string;
  /** Of a link, as it stands in the page. */
  readonly href: string;
  readonly type: string;
  readonly id: string;
  readonly language: string;
  /** It is one of the links that every page has. */
  readonly isOfFrame: boolean;
}

/** The members of the browser's elements that are asked for. */
interface BrowserElement {
  readonly localName: string;
  readonly id: string;
  readonly href?: string;
  readonly hreflang?: string;
  readonly type?: string;
  readonly form?: { readonly action: string } | null;
  getAttribute(name: string): string | null;
  closest(selector: string): unknown;
}

/** Runs in the browser. */
const describeAll = (elements: readonly BrowserElement[]): Found[] =>
  elements.map((element) => ({
    tag: element.localName,
    target: (element.localName === 'a' ? element.href : element.form?.action) ?? '',
    href: element.getAttribute('href') ?? '',
    type: element.type ?? '',
    id: element.id,
    language: element.hreflang ?? '',
    isOfFrame: element.closest('nav, .account-head') !== null,
  }));
/** Where a form of a page of the account goes: what answers it counts to that page. */
const FORM_OF = /^(\/account\/[a-z-]+)\/.*$/;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export interface Control {
  /** Of the page and what is on it: the same for all of a kind, such as "Remove" of each passkey. */
  readonly name: string;
  readonly isLink: boolean;
  readonly target: string;
  readonly href: string;
  readonly language: string;
}

/** What was seen on the pages of one tenant, and what of it was pressed. */
export class Controls {
  private readonly seen = new Set<string>();
  private readonly pressed = new Set<string>();

  /**
   * @param pages path of the pages that count, below the issuer
   * @param frame whether the links that every page has are pressed on each page, or once
   */
  constructor(
    private readonly issuer: string,
    private readonly pages: RegExp,
    private readonly frame: 'on each page' | 'once',
  ) {}

  /** @returns what is on this page, in its order, or nothing on a page that does not count */
  async see(page: Page): Promise<readonly Control[]> {
    const found = await this.describe(page.locator(CONTROLS), page.url());
    for (const { name } of found) this.seen.add(name);
    return found;
  }

  async press(element: Locator, page: Page): Promise<void> {
    for (const { name } of await this.describe(element, page.url())) this.note(name);
  }

  note(name: string): void {
    this.seen.add(name);
    this.pressed.add(name);
  }

  wasPressed({ name }: Control): boolean {
    return this.pressed.has(name);
  }

  get forgotten(): readonly string[] {
    return [...this.seen].filter((name) => !this.pressed.has(name)).sort();
  }

  private async describe(elements: Locator, address: string): Promise<readonly Control[]> {
    const page = this.shorten(address).replace(FORM_OF, '$1');
    if (!this.pages.test(page)) return [];
    const found = await elements.evaluateAll(describeAll);
    return found.map((control) => {
      const { tag, target, href, type, language, isOfFrame } = control;
      const isLink = tag === 'a';
      // A form does the same on every page that has it. A link stands in a place of its own on each.
      const isOfAll = isLink ? isOfFrame && this.frame === 'once' : type === 'submit';
      return { name: `${isOfAll ? 'any page' : page}: ${this.nameOf(control)}`, isLink, target, href, language };
    });
  }

  private nameOf({ tag, target, type, id, language }: Found): string {
    if (tag === 'summary') return tag;
    if (language !== '') return `language ${language}`;
    if (tag === 'a') return `link to ${this.shorten(target)}`;
    return `button to ${type === 'submit' ? this.shorten(target) : id}`;
  }

  /** Without what differs from one person to the next. */
  private shorten(address: string): string {
    if (!URL.canParse(address)) return address;
    const { protocol, origin, pathname } = new URL(address);
    if (protocol !== 'http:' && protocol !== 'https:') return protocol;
    const base = new URL(this.issuer);
    if (origin !== base.origin) return origin;
    return pathname.slice(base.pathname === '/' ? 0 : base.pathname.length).replaceAll(UUID, '*');
  }
}
