import { Injectable } from '@nestjs/common';
import { AccountActivity } from '../../account/account-activity.js';
import { AccountDeletions } from '../../account/account-deletions.js';
import { applicationJson, eventJson, sessionJson } from '../../account/account-json.js';
import { AllowedApplications } from '../../account/allowed-applications.js';
import { DataExport } from '../../account/data-export.js';
import { EmailChanges } from '../../account/email-changes.js';
import { type AttributeEntry, Profiles } from '../../account/profiles.js';
import { CLIENT_ID } from '../../clients/client.js';
import { ConsentService } from '../../consent/consent.service.js';
import { randomSecret } from '../../crypto/random.js';
import { isUuid } from '../../crypto/uuid.js';
import { type Page, PageQuery, limitOf, positionOf, toPage } from '../../management/kit/paging.js';
import { notFound } from '../../management/kit/problem.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { mailLocale } from '../../notices/mail-locale.js';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { conflict } from './account-api.filter.js';
import type { AccountCall } from './account-api.guard.js';
import { readProfileChange, readTexts } from './account-input.js';

type Body = Readonly<Record<string, unknown>>;
type View = Readonly<Record<string, unknown>>;

/** The name of a change in progress: its id, and the secret of the application that began it. */
const CHANGE = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** What the tenant's own applications show and change of the account of whoever uses them. */
@Injectable()
export class AccountApi {
  constructor(
    private readonly users: UsersService,
    private readonly profiles: Profiles,
    private readonly sessions: SessionsService,
    private readonly applications: AllowedApplications,
    private readonly consents: ConsentService,
    private readonly activity: AccountActivity,
    private readonly emails: EmailChanges,
    private readonly deletions: AccountDeletions,
    private readonly data: DataExport,
  ) {}

  profile({ tenant, user }: AccountCall): View {
    const entries = this.profiles.entries(tenant, user);
    const seen = new Set(entries.map(({ field }) => field));
    const attributes = this.profiles.attributes(tenant, user);
    return {
      id: user.id,
      username: user.username,
      ...Object.fromEntries(entries.map(({ field, value }) => [field, value ?? null])),
      ...(seen.has('email') && { email_verified: user.emailVerified }),
      ...(seen.has('phone_number') && { phone_number_verified: user.phoneNumberVerified }),
      attributes: Object.fromEntries(attributes.map(({ definition, value }) => [definition.name, value ?? null])),
      attribute_definitions: attributes.map(definitionJson),
      editable: [
        ...entries.filter(({ isEditable }) => isEditable).map(({ field }) => field),
        ...attributes.filter(({ isEditable }) => isEditable).map(({ definition }) => `attributes/${definition.name}`),
      ],
    };
  }

  async changeProfile(call: AccountCall, body: Body): Promise<View> {
    const { tenant, user, origin } = call;
    // It counts once it is proven, so it has an operation of its own.
    if (body['email'] !== undefined) throw conflict('Change the e-mail address with POST /account/api/email-change.');
    await this.profiles.update(tenant, user.id, readProfileChange(body), origin);
    return this.profile({ ...call, user: await this.read(call) });
  }

  async listSessions({ tenant, user }: AccountCall): Promise<View> {
    return { data: (await this.sessions.list(tenant, user.id)).map(sessionJson) };
  }

  /** What is not theirs is not there. */
  async endSession({ tenant, user, origin }: AccountCall, id: string): Promise<void> {
    if ((await this.sessions.endOf(tenant, user.id, origin, id)) === 0) throw notFound();
  }

  async endSessions({ tenant, user, origin }: AccountCall): Promise<void> {
    await this.sessions.endOf(tenant, user.id, origin);
  }

  async listApplications({ tenant, user }: AccountCall): Promise<View> {
    return { data: (await this.applications.list(tenant, user.id)).map(applicationJson) };
  }

  async withdraw({ tenant, user, origin }: AccountCall, clientId: string): Promise<void> {
    const isWithdrawn =
      CLIENT_ID.test(clientId) && (await this.consents.withdraw(tenant.id, { userId: user.id, clientId }, { origin }));
    if (!isWithdrawn) throw notFound();
  }

  async listEvents({ tenant, user }: AccountCall, query: PageQuery): Promise<Page<View>> {
    const after = positionOf(query, isUuid);
    const events = await this.activity.list(tenant.id, user.id, { after, limit: limitOf(query) + 1 });
    return toPage(events, query, {
      position: ({ id }) => id,
      item: (event) => ({ id: event.id, ...eventJson(event) }),
    });
  }

  async beginEmailChange({ tenant, user, origin }: AccountCall, body: Body): Promise<View> {
    const { email } = readTexts(body, ['email']);
    const secret = randomSecret();
    const locale = mailLocale(tenant, user);
    const id = await this.emails.begin(tenant, user, { address: email, browser: { secret }, locale, origin });
    return { change: `${id}.${secret}` };
  }

  async confirmEmailChange(call: AccountCall, body: Body): Promise<View> {
    const { change, code } = readTexts(body, ['change', 'code']);
    const [, id, secret] = CHANGE.exec(change) ?? [];
    const { tenant, user, origin } = call;
    const outcome =
      id === undefined || secret === undefined
        ? 'spent'
        : await this.emails.confirmByCode(tenant, user, { id, code, browser: { secret } }, origin);
    if (outcome === 'wrong') throw conflict('The code is not correct.');
    if (outcome === 'spent') throw conflict('The change has ended; begin it anew.');
    if (outcome === 'taken') throw conflict('The address cannot be used for this account.');
    return this.profile({ ...call, user: await this.read(call) });
  }

  deletion({ tenant, user }: AccountCall): View {
    return {
      deletion_scheduled_for: user.deletionScheduledFor ?? null,
      possible: this.deletions.refusalFor(tenant, user) === undefined,
      grace_days: tenant.policy.accountDeletionGraceDays,
    };
  }

  async scheduleDeletion(call: AccountCall): Promise<View> {
    const { tenant, user, origin } = call;
    const refusal = this.deletions.refusalFor(tenant, user);
    if (refusal === 'off') throw conflict('People cannot delete their account here (policy account_deletion).');
    if (refusal === 'administrator') throw conflict('Another administrator has to delete this account.');
    await this.deletions.schedule(tenant, user, mailLocale(tenant, user), origin);
    return this.deletion({ ...call, user: await this.read(call) });
  }

  async withdrawDeletion(call: AccountCall): Promise<View> {
    const { tenant, user, origin } = call;
    await this.deletions.withdraw(tenant, user, origin);
    return this.deletion({ ...call, user: await this.read(call) });
  }

  export({ tenant, user, origin }: AccountCall): Promise<View> {
    return this.data.create(tenant, user.id, origin);
  }

  private async read({ tenant, user }: AccountCall): Promise<User> {
    const now = await this.users.find(tenant.id, user.id);
    if (!now) throw notFound();
    return now;
  }
}

/** What an application needs to show a field for it. */
function definitionJson({ definition }: AttributeEntry): View {
  const { name, type, labels, maxLength, maxItems, requiredAt = [], allowedValues } = definition;
  return {
    name,
    type,
    labels,
    max_length: maxLength,
    max_items: maxItems,
    allowed_values: allowedValues ?? [],
    required: requiredAt.length > 0,
  };
}
