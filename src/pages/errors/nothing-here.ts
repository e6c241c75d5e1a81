import type { Response } from 'express';
import { writeAnswer } from '../../protocol/answer-writer.js';
import { NOTHING_HERE } from '../../protocol/oauth-answer.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { PageResponder } from '../page-responder.js';

/** The one 404, as a page for people and as JSON for machines. */
export function sendNothingHere(pages: PageResponder, request: PageRequest, response: Response): void {
  if (!wantsPage(request)) return writeAnswer(response, NOTHING_HERE);
  pages.send(response, { page: 'tenant-not-found', context: pages.platformContext(request) }, {}, 404);
}

/** Whether a person reads the answer, as the request's `Accept` header tells (RFC 9110 §12.5.1). */
export function wantsPage({ headers }: Pick<PageRequest, 'headers'>): boolean {
  return headers.accept?.includes('text/html') ?? false;
}
