import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AccountActivity, type PersonEvent } from '../../account/account-activity.js';
import { ClientDirectory } from '../../clients/client-directory.js';
import { displayNameOf } from '../../clients/client.js';
import { isUuid } from '../../crypto/uuid.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ActivityEntry } from '../account-content.js';
import type { PageRequest } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/activity';
const PAGE_SIZE = 25;

/** What happened to the account, page by page. */
@Injectable()
export class ActivityFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly activity: AccountActivity,
    private readonly clients: ClientDirectory,
  ) {}

  /** @param cursor id of the last event of the page before; anything else is the first page */
  async show(request: PageRequest, response: Response, tenant: Tenant, cursor: string | undefined): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const after = cursor !== undefined && isUuid(cursor) ? cursor : undefined;
    const found = await this.activity.list(tenant.id, session.user.id, { after, limit: PAGE_SIZE + 1 });
    const shown = found.slice(0, PAGE_SIZE);
    const last = shown.at(-1);
    this.pages.send(response, {
      page: 'account-activity',
      ...this.frames.frame(request, tenant, session, ADDRESS),
      entries: await Promise.all(shown.map((event) => this.entryOf(tenant, event))),
      ...(found.length > PAGE_SIZE && last && { olderPath: pathOf(tenant, `${ADDRESS}?after=${last.id}`) }),
      ...(after !== undefined && { newestPath: pathOf(tenant, ADDRESS) }),
    });
  }

  private async entryOf(tenant: Tenant, event: PersonEvent): Promise<ActivityEntry> {
    const { type, occurredAt, clientId, address, isByOthers } = event;
    const client = clientId === undefined ? undefined : await this.clients.find(tenant.id, clientId);
    const clientName = client ? displayNameOf(client) : clientId;
    return {
      type,
      occurredAt,
      isByOthers,
      ...(clientName !== undefined && { clientName }),
      ...(address !== undefined && address !== '' && { address }),
    };
  }
}
