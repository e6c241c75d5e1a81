import type { CDPSession, Page, Request } from 'playwright-core';

export const QUICK = 20;

/**
 * Clicks twice at what the page shows. The answer to the first click is held back until the second one has been made, so
 * both meet the same page and both requests reach the server. Returns when the browser shows the last answer, so nothing
 * is under way that could break off what the test does next.
 *
 * @param delay milliseconds for which the button of the mouse is down, and up in between
 */
export async function doubleClick(page: Page, selector: string, delay = QUICK): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const navigations = watchNavigations(page);
  try {
    const release = await holdAnswers(session);
    const element = page.locator(selector).first();
    // Chromium asks once for a link that is clicked twice. Forms are sent twice.
    const expected = (await element.getAttribute('href')) === null ? 2 : 1;
    await element.dblclick({ delay, noWaitAfter: true });
    await navigations.until(({ begun }) => begun >= expected);
    await release();
    await navigations.until(({ pending }) => pending.size === 0);
  } finally {
    navigations.stop();
    await session.detach();
  }
}

/** @returns lets them through, from then on */
async function holdAnswers(session: CDPSession): Promise<() => Promise<void>> {
  const held: string[] = [];
  let isHeld = true;
  // A request that its page has given up is not there any more.
  const letThrough = (requestId: string) => session.send('Fetch.continueRequest', { requestId }).catch(() => undefined);
  session.on('Fetch.requestPaused', ({ requestId }) => {
    if (isHeld) held.push(requestId);
    else void letThrough(requestId);
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] });
  return async () => {
    isHeld = false;
    await Promise.all(held.map(letThrough));
  };
}

interface Navigations {
  /** Without those that a redirect goes on with. */
  readonly begun: number;
  readonly pending: ReadonlySet<Request>;
}

/** The navigations of the page: each one is over when it has failed or its document is shown. */
function watchNavigations(page: Page) {
  const pending = new Set<Request>();
  let begun = 0;
  let look: (() => void) | undefined;
  const isNavigation = (request: Request) => request.isNavigationRequest() && request.frame() === page.mainFrame();
  const onRequest = (request: Request) => {
    if (!isNavigation(request)) return;
    const previous = request.redirectedFrom();
    if (previous) pending.delete(previous);
    else begun += 1;
    pending.add(request);
    look?.();
  };
  const onFailed = (request: Request) => {
    pending.delete(request);
    look?.();
  };
  const onShown = () => {
    for (const request of pending) if (request.url() === page.url()) pending.delete(request);
    look?.();
  };
  page.on('request', onRequest).on('requestfailed', onFailed).on('framenavigated', onShown);
  return {
    until: (isSo: (navigations: Navigations) => boolean) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (isSo({ begun, pending })) resolve();
        };
        look();
      }),
    stop: () => page.off('request', onRequest).off('requestfailed', onFailed).off('framenavigated', onShown),
  };
}
