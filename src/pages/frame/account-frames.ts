import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import { AccountAccess, type AccountEntry } from '../account-access.js';
import type { FramedPage, SectionRow } from '../account-content.js';
import { findAccountNotice } from '../account-notices.js';
import type { PageRequest } from '../browser/current-browser.js';
import { type PageAddress, accountSignInAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { ACCOUNT_SECTIONS, type AccountSection, type SectionState } from './account-section.js';

const SECURITY = '/account/security';

/** A section with what it says of itself. */
export interface DescribedSection extends SectionState {
  readonly section: AccountSection;
}

/** What every page of the account has in common: it is for whoever is signed in, and stands in one frame. */
@Injectable()
export class AccountFrames {
  /** What is not offered to whoever is signed in, as it was when they came in. */
  private readonly closed = new WeakMap<Session, ReadonlySet<AccountSection>>();

  constructor(
    @Inject(ACCOUNT_SECTIONS) private readonly sections: readonly AccountSection[],
    private readonly pages: PageResponder,
    private readonly access: AccountAccess,
  ) {}

  /** @returns the session; undefined: the person was led to what they have to do first, and the answer is sent */
  async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    entry: AccountEntry = {},
  ): Promise<Session | undefined> {
    const session = await this.access.enter(request, response, tenant, entry);
    if (session) await this.close(tenant, session);
    return session;
  }

  /**
   * @param address of the section that the page belongs to
   * @param page its own address, where it is another one; undefined: it is shown once, and not in another language
   */
  frame(
    request: PageRequest,
    tenant: Tenant,
    session: Session,
    address: PageAddress,
    page: { readonly address: PageAddress | undefined } = { address },
  ): FramedPage {
    const offered = this.offered(tenant, session);
    const isSecurity = offered.some((section) => section.address === address && section.isSecurity);
    const current = isSecurity ? SECURITY : address;
    const notice = findAccountNotice(request.query);
    return {
      context: this.pages.context(request, tenant, page.address === undefined ? {} : { address: page.address }),
      frame: {
        userName: session.user.claims.name ?? session.user.username,
        ...(tenant.policy.accountsPerBrowser > 1 && {
          switchPath: pathOf(tenant, accountSignInAddress('/account', { choose: true })),
        }),
        signOut: this.pages.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out' }),
        ...(session.user.managementPermissions.length > 0 && { consolePath: pathOf(tenant, '/console') }),
        navigation: offered
          .filter((section) => !section.isSecurity)
          .map((section) => ({
            href: pathOf(tenant, section.address),
            label: section.label,
            isCurrent: section.address === current,
          })),
        ...(notice !== undefined && { notice }),
      },
    };
  }

  /** What the sections say of themselves, in the order of the list. */
  describe(
    tenant: Tenant,
    session: Session,
    isWanted: (section: AccountSection) => boolean = () => true,
  ): Promise<DescribedSection[]> {
    const wanted = this.offered(tenant, session).filter(isWanted);
    return Promise.all(wanted.map(async (section) => ({ section, ...(await section.describe?.(tenant, session)) })));
  }

  private offered(tenant: Tenant, session: Session): AccountSection[] {
    const closed = this.closed.get(session);
    return this.sections.filter((section) => (section.isOffered?.(tenant) ?? true) && !closed?.has(section));
  }

  private async close(tenant: Tenant, session: Session): Promise<void> {
    const forSome = this.sections.filter((one) => one.isOfferedTo && (one.isOffered?.(tenant) ?? true));
    const closed = new Set<AccountSection>();
    for (const section of forSome) if (!(await section.isOfferedTo?.(tenant, session))) closed.add(section);
    this.closed.set(session, closed);
  }
}

export function rowOf(tenant: Tenant, { section, status }: DescribedSection): SectionRow {
  const { name, label, address } = section;
  return { name, label, href: pathOf(tenant, address), ...(status && { status }) };
}
