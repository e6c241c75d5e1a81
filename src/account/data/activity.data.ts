import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import { eventJson } from '../account-json.js';
import { AccountActivity, type PersonEvent } from '../account-activity.js';
import type { PersonalData } from '../personal-data.js';

const PAGE_SIZE = 500;
/** Newest first. Who has more finds the rest on the pages of the activity. */
const MAX_EVENTS = 10_000;

/** What happened to the account. */
@Injectable()
export class ActivityData implements PersonalData {
  readonly name = 'activity';

  constructor(private readonly activity: AccountActivity) {}

  async collect(tenant: Tenant, { id }: UserEntity) {
    const events: PersonEvent[] = [];
    let page: readonly PersonEvent[];
    do {
      page = await this.activity.list(tenant.id, id, { limit: PAGE_SIZE, after: events.at(-1)?.id });
      events.push(...page);
    } while (page.length === PAGE_SIZE && events.length < MAX_EVENTS);
    return events.map(eventJson);
  }
}
