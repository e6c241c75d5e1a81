import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One person's browser: a context of its own, and whatever a page in it complained about. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Violations of the content security policy, script errors, and files that could not be loaded. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const complaints: string[] = [];
  context.on('console', (message) => {
    // The status of a page itself is what the test asks for; that of anything it loads is not.
    const isOfPage =
      message.text().startsWith('Failed to load resource') && message.location().url === message.page()?.url();
    if (message.type() === 'error' && !isOfPage) complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  return { context, page: await context.newPage(), complaints, close: () => context.close() };
}

/** What axe finds, and what it could not decide. The content of a mail in a frame is looked at on its own. */
export async function axeFindings(page: Page, only?: 'color-contrast'): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate<Pick<AxeResults, 'violations' | 'incomplete'>>(
    `axe.run(document, {
      ${only === undefined ? '' : `runOnly: ['${only}'],`}
      rules: { 'frame-tested': { enabled: false } },
      resultTypes: ['violations', 'incomplete'],
    }).then(({ violations, incomplete }) => ({ violations, incomplete }))`,
  );
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

/**
 * The same in light and dark; nothing but colours changes between the two.
 * @param own the scheme that the page has, and keeps
 */
export async function axeFindingsInBothSchemes(page: Page, own: 'light' | 'dark' = 'light'): Promise<string[]> {
  const other = own === 'light' ? 'dark' : 'light';
  const inOwn = await axeFindings(page);
  await showIn(page, other);
  const inOther = await axeFindings(page, 'color-contrast');
  await showIn(page, own);
  return [...inOwn, ...inOther.map((finding) => `in ${other} ${finding}`)];
}

/** Two frames later, and after each colour has come to its end. */
const PAINTED = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)))`;

/** Shows the page in this scheme. One whose script follows the scheme of the system does so a moment later. */
export async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const follows = `html:not([data-mantine-color-scheme]), html[data-mantine-color-scheme=${colorScheme}]`;
  await page.waitForSelector(follows, { state: 'attached' });
  await page.evaluate(PAINTED);
}

/** Pixels that stick out to the side. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
}

export interface Focus {
  readonly id: string;
  readonly text: string;
  /** The focus ring can be seen: at least 2 px wide (WCAG 2.2 §2.4.13). */
  readonly isVisible: boolean;
}

export async function focusOf(page: Page): Promise<Focus> {
  return page.evaluate<Focus>(`(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      id: element.id,
      text: element.textContent.trim(),
      isVisible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    };
  })()`);
}

/** Chromium moves the focus to an `autofocus` element with the first frame after loading, not with `load`. */
export async function focusComesTo(page: Page, id: string): Promise<void> {
  await page.locator(`#${id}:focus`).waitFor();
}

/** Presses Tab until this element has the focus; every stop on the way. */
export async function tabTo(page: Page, id: string): Promise<Focus[]> {
  const stops: Focus[] = [];
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    stops.push(focus);
    if (focus.id === id) return stops;
  }
  throw new Error(`Tab does not lead to ${id}: ${stops.map((stop) => stop.id || stop.text).join(', ')}`);
}
