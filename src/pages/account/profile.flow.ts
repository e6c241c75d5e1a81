import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { EmailChanges } from '../../account/email-changes.js';
import { chosenLocale } from '../../account/person-locale.js';
import { ADDRESS_PARTS, type ProfileFault, ProfileInputError, maxLengthOf } from '../../account/profile-input.js';
import {
  AccountGoneError,
  type AttributeEntry,
  type ProfileChange,
  type ProfileEntry,
  Profiles,
} from '../../account/profiles.js';
import { LOCALES, languageName } from '../../language/messages.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { writeLanguageCookie } from '../../sessions/browser-cookies.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserAttributes } from '../../tenants/user-attributes.js';
import { askedAttributes, readAttributeFields } from '../../users/attribute-form.js';
import type { AttributeFault } from '../../users/attribute-values.js';
import type { ProfileFieldView } from '../account-content.js';
import { fieldOf } from '../attribute-fields.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { SIGNED_OUT } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/profile';

/** What was entered, and what is wrong with which member. */
interface Refusal {
  readonly params: OAuthParameters;
  readonly member: string;
  readonly fault: ProfileFault;
}

/** A person reads and changes what they tell of themselves, as far as the tenant lets them. */
@Injectable()
export class ProfileFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly profiles: Profiles,
    private readonly emails: EmailChanges,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (session) this.send(request, response, tenant, session);
  }

  async change(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const editable = this.profiles.entries(tenant, session.user).filter(({ isEditable }) => isEditable);
    try {
      const { origin } = browserOf(request);
      const attributes = readAttributeFields(this.editableAttributes(tenant, session), params);
      const change = { ...changeFrom(editable, params), attributes };
      const user = await this.profiles.update(tenant, session.user.id, change, origin);
      const language = chosenLocale(user);
      // The pages follow at once, also in this browser, where another language may have been chosen.
      if (language && params.find('locale') !== session.user.claims.locale) {
        response.appendHeader('Set-Cookie', writeLanguageCookie(tenant, language));
      }
      redirect(response, pathOf(tenant, `${ADDRESS}?profile_changed`));
    } catch (error) {
      if (error instanceof AccountGoneError) return redirect(response, pathOf(tenant, `/sign-in?${SIGNED_OUT}=`));
      if (!(error instanceof ProfileInputError)) throw error;
      const { member, fault } = error;
      this.send(request, response, tenant, session, { params, member, fault });
    }
  }

  private editableAttributes(tenant: Tenant, { user }: Session): UserAttributes {
    return this.profiles
      .attributes(tenant, user)
      .filter(({ isEditable }) => isEditable)
      .map(({ definition }) => definition);
  }

  private send(request: PageRequest, response: Response, tenant: Tenant, session: Session, refusal?: Refusal): void {
    const { user } = session;
    const entries = this.profiles.entries(tenant, user);
    const email = entries.find(({ field }) => field === 'email');
    const hidden = askedAttributes(this.editableAttributes(tenant, session));
    this.pages.send(
      response,
      {
        page: 'account-profile',
        ...this.frames.frame(request, tenant, session, ADDRESS),
        ...this.pages.form(request, tenant, { path: ADDRESS, purpose: 'account/profile', hidden }),
        username: user.username,
        members: entries
          .filter(({ field }) => field !== 'email')
          .flatMap(fieldsOf)
          .map((field) => withRefusal(field, refusal)),
        attributes: attributeFields(this.profiles.attributes(tenant, user), refusal),
        ...(email && {
          email: {
            value: user.email,
            isVerified: user.emailVerified,
            ...(this.emails.isOffered(tenant) && { changePath: pathOf(tenant, '/account/email') }),
          },
        }),
        phoneIsVerified: user.phoneNumberVerified,
        languages: LOCALES.map((tag) => ({ tag, name: languageName(tag) })),
      },
      {},
      refusal ? 400 : 200,
    );
  }
}

function attributeFields(entries: readonly AttributeEntry[], refusal: Refusal | undefined) {
  if (!refusal) return entries.map((entry) => fieldOf(entry));
  const { params, fault } = refusal;
  const named = refusal.member.replace(/^attributes\//, '');
  // All values together may be too long, which is no fault of one of them.
  const name = refusal.member === 'attributes' ? entries.find(({ isEditable }) => isEditable)?.definition.name : named;
  const isOfAttribute = refusal.member.startsWith('attributes') && name !== undefined;
  const faults = isOfAttribute ? { [name]: fault as AttributeFault } : {};
  return entries.map((entry) => fieldOf(entry, { params, faults }));
}

/** One input for each member, and one for each part of the address. */
function fieldsOf({ field, value, isEditable }: ProfileEntry): ProfileFieldView[] {
  if (field !== 'address') {
    const text = typeof value === 'string' ? value : '';
    return [{ name: field, value: text, isEditable, maxLength: maxLengthOf(field) }];
  }
  const address = typeof value === 'object' ? value : {};
  return ADDRESS_PARTS.map((part) => ({
    name: `address/${part}`,
    value: address[part] ?? '',
    isEditable,
    maxLength: maxLengthOf(part),
  }));
}

function withRefusal(field: ProfileFieldView, refusal: Refusal | undefined): ProfileFieldView {
  if (!refusal || !field.isEditable) return field;
  const value = refusal.params.find(field.name) ?? '';
  return { ...field, value, ...(refusal.member === field.name && { fault: refusal.fault }) };
}

/** A field that was left empty removes its member. One that the page does not have is left alone. */
function changeFrom(editable: readonly ProfileEntry[], params: OAuthParameters): ProfileChange {
  const texts = editable
    .filter(({ field }) => field !== 'address' && field !== 'email')
    .map(({ field }) => [field, params.find(field) ?? null]);
  const hasAddress = editable.some(({ field }) => field === 'address');
  const address = Object.fromEntries(ADDRESS_PARTS.map((part) => [part, params.find(`address/${part}`) ?? '']));
  return { ...(Object.fromEntries(texts) as ProfileChange), ...(hasAddress && { address }) };
}
