import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { DEFAULT_PROFILE_ACCESS, PROFILE_FIELDS, type ProfileField, profileAccess } from '../tenants/profile-fields.js';
import type { Tenant } from '../tenants/tenant.js';
import { type AttributeValue, type UserAttribute, editorsOf, readableBy } from '../tenants/user-attributes.js';
import { AttributeInputError, changeAttributes } from '../users/attribute-values.js';
import type { UserEntity } from '../users/user.entity.js';
import type { ProfileClaims, User } from '../users/user.js';
import { type UserInput, UserInputError } from '../users/user-input.js';
import { UsersService } from '../users/users.service.js';
import { type AddressPart, ProfileInputError, readAddress, readProfileText } from './profile-input.js';

/** A member of a profile as its person sees it. */
export interface ProfileEntry {
  readonly field: ProfileField;
  /** Of the address: an object. */
  readonly value: string | ProfileClaims['address'] | undefined;
  readonly isEditable: boolean;
}

/** What the tenant defined itself, as the person whom it is about sees it. */
export interface AttributeEntry {
  readonly definition: UserAttribute;
  readonly value: AttributeValue | undefined;
  readonly isEditable: boolean;
}

/** What changes: a text, the parts of the address, or null to remove it. What is absent stays. */
export type ProfileChange = Readonly<
  Partial<Record<Exclude<ProfileField, 'address' | 'email'>, string | null>> & {
    readonly address?: Readonly<Partial<Record<AddressPart, string>>> | null;
    /** By name; null removes a value. */
    readonly attributes?: Readonly<Record<string, unknown>>;
  }
>;

/** The account is gone. */
export class AccountGoneError extends Error {}

/** What people see and change of their own profile, by the tenant's policy. */
@Injectable()
export class Profiles {
  constructor(
    private readonly users: UsersService,
    private readonly audit: AuditRecorder,
  ) {}

  /** What the person may see, in the order of the list. */
  entries(tenant: Tenant, user: User): ProfileEntry[] {
    return PROFILE_FIELDS.flatMap((field) => {
      const access = profileAccess(tenant.policy, field);
      return access === 'hidden' ? [] : [{ field, value: valueOf(user, field), isEditable: access === 'editable' }];
    });
  }

  /** What the person may see, in the tenant's order. */
  attributes({ userAttributes }: Tenant, { attributes }: Pick<User, 'attributes'>): AttributeEntry[] {
    return readableBy(userAttributes, 'user').map((definition) => ({
      definition,
      value: attributes[definition.key],
      isEditable: editorsOf(definition).includes('user'),
    }));
  }

  /**
   * @returns the account as it is afterwards
   * @throws ProfileInputError for a member that is not editable or has a value that is none
   * @throws AccountGoneError
   */
  async update(
    tenant: Tenant,
    userId: string,
    { attributes = {}, ...change }: ProfileChange,
    origin: RequestOrigin,
  ): Promise<UserEntity> {
    for (const field of Object.keys(change) as ProfileField[]) {
      // A member that people do not see is not told from one that they may not change.
      if (!Object.hasOwn(DEFAULT_PROFILE_ACCESS, field) || profileAccess(tenant.policy, field) !== 'editable') {
        throw new ProfileInputError(field, 'not_editable');
      }
    }
    const read = readChange(change);
    const event = { tenantId: tenant.id, type: 'user.profile_changed', outcome: 'success', userId, origin } as const;
    const updated = await this.users.change(tenant, userId, (known) => {
      const ofProfile = inputFor(known, read);
      const ofAttributes = attributeInput(tenant, known, attributes);
      const input = { ...ofProfile.input, ...ofAttributes.input };
      const changed = [...ofProfile.changed, ...ofAttributes.changed];
      if (changed.length === 0) return undefined;
      // Names and no values: the log is no second copy of the profile.
      return {
        input,
        finish: (transaction) => this.audit.recordWith(transaction, { ...event, details: { changed } }),
      };
    });
    if (!updated) throw new AccountGoneError('The account is gone, or was changed by others all the time.');
    return updated;
  }
}

/** @throws ProfileInputError */
function attributeInput(
  { userAttributes }: Tenant,
  known: UserEntity,
  change: Readonly<Record<string, unknown>>,
): { readonly input: UserInput; readonly changed: readonly string[] } {
  const changed = Object.keys(change);
  if (changed.length === 0) return { input: {}, changed };
  const attributes = readingAttributes(() => changeAttributes(userAttributes, known.attributes, change, 'user'));
  const differ = userAttributes.filter(
    ({ key }) => JSON.stringify(attributes[key]) !== JSON.stringify(known.attributes[key]),
  );
  return {
    input: differ.length === 0 ? {} : { attributes },
    changed: differ.map(({ name }) => `attributes/${name}`),
  };
}

function readingAttributes<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof AttributeInputError) throw new ProfileInputError(error.member, error.code);
    if (error instanceof UserInputError) throw new ProfileInputError(error.member, 'too_long');
    throw error;
  }
}

type ReadChange = Readonly<Partial<Record<ProfileField, string | object | null>>>;

function readChange(change: Omit<ProfileChange, 'attributes'>): ReadChange {
  return Object.fromEntries(
    (Object.entries(change) as [ProfileField, string | object | null | undefined][])
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, readValue(field, value ?? null)]),
  );
}

function readValue(field: ProfileField, value: string | object | null): string | object | null {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null;
  if (typeof value === 'object') {
    const address = readAddress(value);
    return Object.keys(address).length === 0 ? null : address;
  }
  return readProfileText(field as Exclude<ProfileField, 'address'>, value);
}

function inputFor(known: UserEntity, read: ReadChange): { input: UserInput; changed: string[] } {
  const phone = read.phone_number;
  const ofClaims: ReadChange = Object.fromEntries(Object.entries(read).filter(([field]) => field !== 'phone_number'));
  const before: Readonly<Record<string, unknown>> = { ...known.claims };
  const changed = Object.entries(ofClaims)
    .filter(([field, value]) => JSON.stringify(before[field] ?? null) !== JSON.stringify(value))
    .map(([field]) => field);
  const claims = { ...before };
  for (const field of changed) {
    const value = ofClaims[field as ProfileField];
    if (value === null) delete claims[field];
    else claims[field] = value;
  }
  const hasNewPhone = phone !== undefined && phone !== known.phoneNumber;
  return {
    input: {
      ...(changed.length > 0 && { claims: claims }),
      ...(hasNewPhone && { phoneNumber: phone as string | null }),
    },
    changed: [...changed, ...(hasNewPhone ? ['phone_number'] : [])],
  };
}

function valueOf(user: User, field: ProfileField): ProfileEntry['value'] {
  if (field === 'email') return user.email;
  return field === 'phone_number' ? user.phoneNumber : user.claims[field];
}
