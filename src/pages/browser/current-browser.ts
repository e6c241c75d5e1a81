import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { VisitingBrowser } from '../../authorization/pending-requests.js';
import type { NextSecrets } from '../../sessions/held-session.js';
import type { OAuthRequest } from '../../protocol/oauth-request.js';

/** The browser as the guard found it. */
export interface KnownBrowser extends VisitingBrowser {
  /** The browser sent no secret; it gets a new one with the first page that needs it. */
  readonly isNew: boolean;
  /** Of the session cookie, whether or not a session lies behind it. */
  readonly sessionSecret: string | undefined;
  /** What the form that was sent makes of the secrets, if it can strengthen the session. */
  readonly next?: NextSecrets;
  /** The form was sent before and did what it does: the session is the one that it left. */
  readonly isRepeated?: boolean;
  /** Of the cookie of a remembered browser. */
  readonly deviceSecret: string | undefined;
}

/** A request to a page after its guards. */
export interface PageRequest extends OAuthRequest {
  browser?: KnownBrowser;
}

export function browserOf(request: PageRequest): KnownBrowser {
  if (!request.browser) throw new Error('The BrowserGuard is missing on this handler.');
  return request.browser;
}

/** The browser that sent the request, as a handler's argument. */
export const CurrentBrowser = createParamDecorator((_: unknown, context: ExecutionContext): KnownBrowser =>
  browserOf(context.switchToHttp().getRequest()),
);
