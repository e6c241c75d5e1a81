import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AccountDeletions } from '../../account/account-deletions.js';
import { DataExport } from '../../account/data-export.js';
import { AccountGoneError } from '../../account/profiles.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import type { AccountDataPage } from '../account-content.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { FRESH_SECONDS } from '../account-access.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { SIGNED_OUT } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';

const DATA = '/account/data';
const DELETE = '/account/delete';

/** A person takes their data along, has their account deleted, or keeps it after all. */
@Injectable()
export class DataFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly data: DataExport,
    private readonly deletions: AccountDeletions,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: DATA });
    if (!session) return;
    this.pages.send(response, {
      page: 'account-data',
      ...this.frames.frame(request, tenant, session, DATA),
      download: this.pages.form(request, tenant, { path: '/account/download', purpose: 'account/data' }),
      deletion: this.deletionOf(request, tenant, session.user),
    });
  }

  /** A file with everything that is held about the person. */
  async download(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const access = { address: DATA, maxAgeSeconds: FRESH_SECONDS } as const;
    const session = await this.frames.enter(request, response, tenant, access);
    if (!session) return;
    try {
      const data = await this.data.create(tenant, session.user.id, browserOf(request).origin);
      const body = JSON.stringify(data, undefined, 2);
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.setHeader('Content-Disposition', `attachment; filename="account-${tenant.slug}.json"`);
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Content-Length', Buffer.byteLength(body));
      response.end(body);
    } catch (error) {
      if (!(error instanceof AccountGoneError)) throw error;
      redirect(response, pathOf(tenant, `/sign-in?${SIGNED_OUT}=`));
    }
  }

  /** The last question. Whoever cannot be deleted, or is going to be, is led to the page that says so. */
  async ask(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.enterFresh(request, response, tenant);
    if (!session) return;
    if (this.deletions.refusalFor(tenant, session.user) || session.user.deletionScheduledFor) {
      return redirect(response, pathOf(tenant, DATA));
    }
    this.pages.send(response, {
      page: 'account-delete',
      ...this.frames.frame(request, tenant, session, DATA),
      ...this.pages.form(request, tenant, { path: DELETE, purpose: 'account/delete' }),
      graceDays: tenant.policy.accountDeletionGraceDays,
      backPath: pathOf(tenant, DATA),
    });
  }

  async delete(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.enterFresh(request, response, tenant);
    if (!session) return;
    const { locale } = this.pages.context(request, tenant);
    const isNew = await this.deletions.schedule(tenant, session.user, locale, browserOf(request).origin);
    // Said also when it was scheduled before: the form may have been sent twice.
    const isScheduled = isNew !== undefined || session.user.deletionScheduledFor !== undefined;
    redirect(response, pathOf(tenant, isScheduled ? `${DATA}?deletion_scheduled` : DATA));
  }

  async keep(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: DATA });
    if (!session) return;
    await this.deletions.withdraw(tenant, session.user, browserOf(request).origin);
    redirect(response, pathOf(tenant, `${DATA}?deletion_withdrawn`));
  }

  private enterFresh(request: PageRequest, response: Response, tenant: Tenant) {
    return this.frames.enter(request, response, tenant, { address: DELETE, maxAgeSeconds: FRESH_SECONDS });
  }

  private deletionOf(request: PageRequest, tenant: Tenant, user: User): AccountDataPage['deletion'] {
    const { deletionScheduledFor: date } = user;
    if (date) {
      const keep = this.pages.form(request, tenant, { path: '/account/keep', purpose: 'account/data' });
      return { kind: 'scheduled', date, keep };
    }
    const reason = this.deletions.refusalFor(tenant, user);
    if (reason) return { kind: 'refused', reason };
    return { kind: 'offered', path: pathOf(tenant, DELETE), graceDays: tenant.policy.accountDeletionGraceDays };
  }
}
