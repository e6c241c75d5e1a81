import { expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { sampleMails } from '../pages/sample-mails.js';
import { type SampleTenant, samplePages } from '../pages/sample-pages.js';
import { POLICY_OF_MAILS, openDesk, stillPage } from './desk.js';
import { axeFindingsInBothSchemes, overflow } from './visit.js';

const NARROW = { viewport: { width: 320, height: 640 } };

/** @param browser it is there when the tests run */
export function itFitsANarrowScreen(tenant: SampleTenant, browser: () => Browser): void {
  it('nothing sticks out of any page at 320 px', async () => {
    const desk = await openDesk(browser(), NARROW);
    for (const [name, view] of Object.entries(samplePages(tenant))) {
      await desk.swap(stillPage(view));
      expect([name, await overflow(desk.page)]).toEqual([name, 0]);
    }
    await desk.close();
  });
}

/** @param browser it is there when the tests run */
export function itsMailsCanBeRead(tenant: SampleTenant, browser: () => Browser): void {
  it('axe finds nothing in any mail, in light and dark, and nothing sticks out at 320 px', async () => {
    const desk = await openDesk(browser(), NARROW, POLICY_OF_MAILS);
    for (const [name, html] of Object.entries(await sampleMails(tenant))) {
      await desk.swap(html);
      expect([name, await axeFindingsInBothSchemes(desk.page)]).toEqual([name, []]);
      expect([name, await overflow(desk.page)]).toEqual([name, 0]);
    }
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });
}
