import type { SetupPurpose } from '../setup-links/setup-purposes.js';
import type { SetupRefusal } from '../setup-links/setup-sessions.js';
import type { FormTarget, TenantPageContext } from './page-parts.js';

/** The link was opened. It says what it is for, and the button begins. */
export interface SetupLinkPage extends FormTarget {
  readonly page: 'setup-link';
  readonly context: TenantPageContext;
  /** Who asks. */
  readonly maker: string;
  readonly purposes: readonly SetupPurpose[];
  readonly until: Date;
  readonly isSingleUse: boolean;
}

/** The link does not work, or not any more. */
export interface SetupLinkEndedPage {
  readonly page: 'setup-link-ended';
  readonly context: TenantPageContext;
  readonly reason: SetupRefusal;
}

export type SetupLinkView = SetupLinkPage | SetupLinkEndedPage;
