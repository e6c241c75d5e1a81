import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { PageAddress } from '../page-address.js';

/** What a section says of itself on the overview and on the security page. */
export interface SectionState {
  /** One line, such as how many there are. */
  readonly status?: Told;
  /** What the person should see to. It is said on the overview, with a link to the section. */
  readonly attention?: Told;
}

/** One page of a person's account, a member of `account/account-sections.ts`. Its controller is a file beside it. */
export interface AccountSection {
  /** The id of its row on other pages. */
  readonly name: string;
  readonly address: PageAddress;
  readonly label: Told;
  /** It is a way to prove who one is: it stands on the security page, and not in the navigation. */
  readonly isSecurity?: boolean;
  /** Unless given, every tenant offers it. */
  isOffered?(tenant: Tenant): boolean;
  /** Of a section for some of the people of a tenant that offers it: whether this one is among them. */
  isOfferedTo?(tenant: Tenant, session: Session): Promise<boolean>;
  describe?(tenant: Tenant, session: Session): Promise<SectionState> | SectionState;
}

/** Injection token of the sections' instances. */
export const ACCOUNT_SECTIONS = Symbol('AccountSections');
