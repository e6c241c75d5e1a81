import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Visit, visit } from '../browser/visit.js';
import { WALKS_FOLDER } from './walker.js';

const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};
const PATIENCE_MS = 30_000;
/** More than any page has. */
const MOST_STOPS = 250;
const MOST_OPTIONS = 40;
/** A preview in a frame runs no script and takes no focus, and the browser says so. Pages may be refused, files may not. */
const EXPECTED = /Blocked (autofocusing|script execution)|status of (401|404)/;
const POINTERS = `for (const type of ['mousedown', 'touchstart', 'pointerdown'])
  addEventListener(type, () => notePointer(type), true);`;

/** With what, where, and in which language somebody does everything. */
export interface Way {
  readonly hands: 'mouse' | 'touch' | 'keyboard';
  readonly screen: keyof typeof DEVICES;
  readonly locale: 'en' | 'de';
}

/** The pictures of one walk, in the order in which they were taken. */
export class Album {
  private shots = 0;

  constructor(private readonly name: string) {}

  async take(page: Page, what: string): Promise<void> {
    this.shots += 1;
    mkdirSync(join(WALKS_FOLDER, this.name), { recursive: true });
    const file = `${String(this.shots).padStart(2, '0')}-${what}.png`;
    await page.screenshot({ path: join(WALKS_FOLDER, this.name, file), fullPage: true });
  }
}

/** Somebody with a browser of their own, who does everything by mouse, by touch, or by the keyboard alone. */
export class Person {
  readonly page: Page;
  private readonly pointers: string[] = [];

  private constructor(
    private readonly visit: Visit,
    private readonly way: Way,
    private readonly album: Album,
  ) {
    this.page = visit.page;
  }

  static async come(browser: Browser, way: Way, album: Album): Promise<Person> {
    const { locale, screen } = way;
    const options = { ...DEVICES[screen], locale, colorScheme: 'light', reducedMotion: 'reduce' } as const;
    const one = await visit(browser, { ...options, permissions: ['clipboard-read', 'clipboard-write'] });
    const person = new Person(one, way, album);
    one.context.setDefaultTimeout(PATIENCE_MS);
    if (way.hands === 'keyboard') {
      await one.context.exposeFunction('notePointer', (type: string) => void person.pointers.push(type));
      await one.context.addInitScript(POINTERS);
    }
    return person;
  }

  /** Nothing on the way made the browser complain, and whoever has no mouse used none. */
  async leave(): Promise<void> {
    const { complaints } = this.visit;
    expect(complaints.filter((text) => !EXPECTED.test(text))).toEqual([]);
    expect(this.pointers).toEqual([]);
    await this.visit.close();
  }

  /** Ends a walk that failed, with a picture of where. */
  async abandon(): Promise<void> {
    await this.album.take(this.page, 'abandoned').catch(() => undefined);
    await this.visit.close();
  }

  /** Types an address. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true }).first();
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: true }).first();
  }

  inDialog(name: string): Locator {
    return this.page.getByRole('dialog').getByRole('button', { name, exact: true });
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true }).first();
  }

  list(label: string): Locator {
    return this.page.getByRole('combobox', { name: label, exact: true }).first();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Comes to the page with this heading, which is there as a whole. */
  async arrives(heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await this.page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  }

  /** By the navigation of the console. */
  async goes(place: string, heading = place): Promise<void> {
    const { locale, screen } = this.way;
    const [menu, navigation] = locale === 'de' ? ['Menü', 'Hauptnavigation'] : ['Menu', 'Main navigation'];
    if (screen === 'phone') await this.press(this.button(menu), 'Shift+Tab');
    const links = this.page.getByRole('navigation', { name: navigation });
    await this.press(links.getByRole('link', { name: place, exact: true }), 'Shift+Tab');
    await this.arrives(heading);
  }

  /** @param towards the key that leads there sooner */
  async press(target: Locator, towards: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.and(this.page.locator(':not([aria-disabled=true], :disabled)')).waitFor();
    if (this.way.hands === 'mouse') return target.click();
    if (this.way.hands === 'touch') return target.tap();
    await this.reach(target, towards);
    await this.page.keyboard.press('Enter');
  }

  async type(field: Locator, text: string): Promise<void> {
    if (this.way.hands !== 'keyboard') {
      await this.press(field);
      return field.fill(text);
    }
    await this.reach(field);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  /** One more value in a field that takes several. */
  async add(field: Locator, text: string): Promise<void> {
    await this.type(field, text);
    await this.page.keyboard.press('Enter');
  }

  async choose(list: Locator, option: string): Promise<void> {
    const target = this.page.getByRole('option', { name: option, exact: true });
    if (this.way.hands !== 'keyboard') {
      await this.press(list);
      return this.press(target);
    }
    await this.reach(list);
    const chosen = target.and(this.page.locator('[data-combobox-selected]'));
    for (let presses = 0; presses < MOST_OPTIONS; presses += 1) {
      await this.page.keyboard.press('ArrowDown');
      if ((await chosen.count()) > 0) return this.page.keyboard.press('Enter');
    }
    throw new Error(`The arrow keys do not lead to the option ${option}.`);
  }

  /** @returns what the button put into the clipboard */
  async copy(button: Locator): Promise<string> {
    await this.page.evaluate("navigator.clipboard.writeText('')");
    await this.press(button);
    let text = '';
    while (text === '') text = await this.page.evaluate<string>('navigator.clipboard.readText()');
    return text;
  }

  async chooseFile(button: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.press(button)]);
    await chooser.setFiles(file);
  }

  /** Takes a picture of the page, which fits. */
  async look(what: string): Promise<void> {
    await this.album.take(this.page, what);
    const overflow = await this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ what, overflow }).toEqual({ what, overflow: 0 });
  }

  /** Tab leads to everything that can be pressed. */
  private async reach(target: Locator, towards: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press(towards);
    }
    throw new Error(`${towards} does not lead to ${String(target)}.`);
  }
}
