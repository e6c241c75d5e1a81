import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { BreachedPasswords } from '../breaches/breached-passwords.js';
import { isUniqueViolation } from '../database/database-error.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Listed } from '../database/read-list.js';
import type { Tenant } from '../tenants/tenant.js';
import { findUsernameFault, normalizeIdentifier } from './identifier.js';
import { PasswordHasher } from './password-hasher.js';
import { MAX_PASSWORD_LENGTH, type PasswordFault, findPasswordFault } from './password-rules.js';
import type { UserEntity } from './user.entity.js';
import type { UserPage } from './user-list.js';
import { type UserInput, UserInputError } from './user-input.js';
import type { ProfileClaims, User } from './user.js';
import { type UserData, type UserWithPassword, UsersRepository } from './users.repository.js';
import { NO_CONTACTS, verifiedContacts } from './verified-contacts.js';

export interface UserChange<Written> {
  readonly companion?: Companion<Written> | undefined;
  /** The tenant may not be left without an administrator who can sign in. */
  readonly keepsAdministrator?: boolean;
}

/** What becomes of an account, planned from how it is now. */
export interface UserPlan {
  readonly input: UserInput;
  /** Runs in the transaction of the change, at its end. What it throws undoes the change. */
  readonly finish?: (transaction: Transaction) => Promise<void>;
}

/** Others may change the account at the same moment, and not for long. */
const MAX_ATTEMPTS = 5;

export interface UserDeletion extends UserChange<true> {
  /** Asked in the transaction, of the user as it is then. What it throws undoes the deletion. */
  readonly permit?: (user: UserEntity, manager: EntityManager) => Promise<void>;
}

/** Thrown when the last administrator of a tenant that needs one would go. */
export class LastAdministratorError extends Error {}

/** What is known of somebody whose password is judged. */
interface Person {
  readonly username?: string | undefined;
  readonly email?: string | null | undefined;
  readonly claims?: ProfileClaims | undefined;
}

/** Whether the password is known from a breach cannot be found out now: 503, try again. */
export class PasswordUncheckedError extends Error {}

const PASSWORD_FAULTS: Readonly<Record<Exclude<PasswordFault, 'unchecked'>, string>> = {
  too_short: 'is too short',
  too_long: `must have at most ${MAX_PASSWORD_LENGTH} characters`,
  unusable_character: 'has a control character',
  too_common: 'is easy to guess: it is a common password, a pattern, or has a name or a blocked word in it',
  breached: 'is known from a breach elsewhere; choose one that is used nowhere else',
};

/** Who a tenant's users are, and what they sign in with. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly repository: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly breached: BreachedPasswords,
  ) {}

  find(tenantId: TenantId, id: string): Promise<User | undefined> {
    return this.repository.find(tenantId, id);
  }

  findEntity(tenantId: TenantId, id: string): Promise<UserEntity | undefined> {
    return this.repository.findEntity(tenantId, id);
  }

  list(tenantId: TenantId, page: UserPage): Promise<Listed<UserEntity>> {
    const identifier = page.identifier === undefined ? undefined : normalizeIdentifier(page.identifier);
    return this.repository.list(tenantId, { ...page, identifier });
  }

  /** By a user name or e-mail address in full. */
  async findByEither(tenantId: TenantId, identifier: string): Promise<UserEntity | undefined> {
    return (await this.list(tenantId, { limit: 1, identifier })).rows[0];
  }

  /** @throws UserInputError */
  async create(
    tenant: Tenant,
    input: UserInput & { username: string },
    companion?: Companion<UserEntity>,
  ): Promise<UserEntity | undefined> {
    return this.store(tenant, input, await this.hashPassword(tenant, input, input), companion);
  }

  /**
   * An account whose password was judged and hashed before, as at sign-up.
   * @throws UserInputError
   */
  async store(
    tenant: Tenant,
    input: UserInput & { username: string },
    passwordHash: string | null,
    companion?: Companion<UserEntity>,
  ): Promise<UserEntity | undefined> {
    const id = uuidv7();
    const data: UserData = {
      username: checkUsername(input.username),
      email: input.email ?? null,
      phoneNumber: input.phoneNumber ?? null,
      ...verifiedContacts(NO_CONTACTS, input),
      claims: input.claims ?? {},
      attributes: input.attributes ?? {},
      passwordHash,
      tenantAdmin: input.tenantAdmin ?? false,
      enabled: input.enabled ?? true,
      termsVersion: input.acceptedTerms ?? null,
      termsAcceptedAt: input.acceptedTerms === undefined ? null : new Date(),
      passwordChangedAt: passwordHash === null ? null : new Date(),
      mustChangePassword: mustChange(tenant, input) ?? false,
    };
    return this.write(tenant.id, { id, ...input }, companion, async (manager) => {
      await this.repository.create(tenant.id, id, data, manager);
      const roles = input.managementRoles ?? [];
      if (roles.length > 0) await this.repository.giveRoles(tenant.id, id, roles, manager);
      await this.repository.replaceIdentifiers(tenant.id, id, identifiersOf(data), manager);
      return this.repository.findEntity(tenant.id, id, manager);
    });
  }

  /**
   * A new password, or disabling, ends every session and grant the user has. A new e-mail address or phone number is
   * not verified, unless the same input says that it is.
   * @returns undefined when the version is stale
   * @throws UserInputError, LastAdministratorError
   */
  async update(
    tenant: Tenant,
    known: UserEntity,
    input: UserInput,
    { companion, keepsAdministrator = false }: UserChange<UserEntity> = {},
  ): Promise<UserEntity | undefined> {
    const data: Partial<UserData> = withoutUndefined({
      username: input.username === undefined ? undefined : checkUsername(input.username),
      email: input.email,
      phoneNumber: input.phoneNumber,
      ...verifiedContacts(known, input),
      claims: input.claims,
      attributes: input.attributes,
      passwordHash: (await this.hashPassword(tenant, { ...known, ...withoutUndefined(input) }, input)) ?? undefined,
      tenantAdmin: input.tenantAdmin,
      enabled: input.enabled,
      ...(input.acceptedTerms !== undefined && { termsVersion: input.acceptedTerms, termsAcceptedAt: new Date() }),
      passwordChangedAt: input.password === undefined ? undefined : new Date(),
      mustChangePassword: mustChange(tenant, input),
    });
    const endsEverything = input.password !== undefined || (input.enabled === false && known.enabled);
    const leavesOffice = input.enabled === false || input.tenantAdmin === false;
    return this.write(tenant.id, { id: known.id, ...input }, companion, async (manager) => {
      if (keepsAdministrator && leavesOffice) await this.checkAnotherAdministrator(tenant.id, known.id, manager);
      const change = { version: known.version, data };
      if (!(await this.repository.update(tenant.id, known.id, change, manager))) return undefined;
      await this.repository.replaceIdentifiers(tenant.id, known.id, identifiersOf({ ...known, ...data }), manager);
      if (endsEverything) await this.repository.endEverything(tenant.id, known.id, manager);
      return this.repository.findEntity(tenant.id, known.id, manager);
    });
  }

  /**
   * Changes an account as it is at this moment: the plan is made anew when others changed the account meanwhile.
   * @param plan undefined: nothing is to be changed
   * @returns the account as it is afterwards; undefined when it is gone, or others change it all the time
   * @throws UserInputError
   */
  async change(
    tenant: Tenant,
    userId: string,
    plan: (known: UserEntity) => UserPlan | undefined | Promise<UserPlan | undefined>,
  ): Promise<UserEntity | undefined> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const known = await this.findEntity(tenant.id, userId);
      if (!known) return undefined;
      const planned = await plan(known);
      if (!planned) return known;
      const finish = (transaction: Transaction) => planned.finish?.(transaction) ?? Promise.resolve();
      const companion = { begin: () => Promise.resolve(), finish };
      const updated = await this.update(tenant, known, planned.input, { companion });
      if (updated) return updated;
    }
    return undefined;
  }

  /** @returns undefined when the user is gone already @throws LastAdministratorError */
  async delete(
    tenantId: TenantId,
    id: string,
    { companion, keepsAdministrator = false, permit }: UserDeletion = {},
  ): Promise<true | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      if (keepsAdministrator) await this.checkAnotherAdministrator(tenantId, id, manager);
      const user = await this.repository.lock(tenantId, id, manager);
      if (!user) return undefined;
      await permit?.(user, manager);
      return (await this.repository.delete(tenantId, id, manager)) ? true : undefined;
    });
  }

  private async checkAnotherAdministrator(tenantId: TenantId, id: string, manager: EntityManager): Promise<void> {
    if (await this.isLastAdministrator(tenantId, id, manager)) throw new LastAdministratorError();
  }

  /** It stays so until the transaction ends. */
  async isLastAdministrator(tenantId: TenantId, id: string, manager: EntityManager): Promise<boolean> {
    const administrators = await this.repository.lockAdministrators(tenantId, manager);
    return administrators.length === 1 && administrators[0] === id;
  }

  /**
   * Why this person may not have this password, by the tenant's rules: the one place for every way to set one. It may
   * wait for the network, so it is not called in a transaction.
   */
  async findPasswordFault(tenant: Tenant, person: Person, password: string): Promise<PasswordFault | undefined> {
    const words = [tenant.slug, tenant.displayName, ...tenant.policy.passwordBlockedWords, person.username];
    const { name, given_name: givenName, family_name: familyName } = person.claims ?? {};
    words.push(person.email ?? undefined, person.email?.split('@')[0], name, givenName, familyName);
    words.push(...(name?.split(/\s+/) ?? []));
    const fault = await findPasswordFault(password, {
      minLength: tenant.policy.passwordMinLength,
      blocked: tenant.policy.passwordBlockedWords,
      words: words.filter((word) => word !== undefined),
    });
    if (fault) return fault;
    const verdict = await this.breached.find(password);
    if (verdict === 'breached') return 'breached';
    return verdict === 'unknown' && tenant.policy.breachedPasswordsUnreachable === 'refuse' ? 'unchecked' : undefined;
  }

  private async hashPassword(tenant: Tenant, person: Person, { password }: UserInput): Promise<string | null> {
    if (password === undefined) return null;
    const fault = await this.findPasswordFault(tenant, person, password);
    if (fault === 'too_short') {
      throw new UserInputError('password', `must have at least ${tenant.policy.passwordMinLength} characters`);
    }
    if (fault === 'unchecked') throw new PasswordUncheckedError('The list of breached passwords cannot be asked.');
    if (fault) throw new UserInputError('password', PASSWORD_FAULTS[fault]);
    return this.hasher.hash(tenant.id, password);
  }

  private findByIdentifier(tenantId: TenantId, identifier: string): Promise<UserWithPassword | undefined> {
    return this.database.pipeline(tenantId, (transaction) =>
      this.repository.findByIdentifier(tenantId, identifier, transaction),
    );
  }

  /** Tells the two identifiers apart when one of them is taken. */
  private async write(
    tenantId: TenantId,
    { id, email }: { readonly id: string; readonly email?: string | null | undefined },
    companion: Companion<UserEntity> | undefined,
    work: (manager: EntityManager) => Promise<UserEntity | undefined>,
  ): Promise<UserEntity | undefined> {
    try {
      return await unitOfWork(this.database, tenantId, companion, work);
    } catch (error) {
      if (!isUniqueViolation(error, 'user_identifiers_pkey')) throw error;
      // Under row-level security PostgreSQL does not say which value it was.
      const holder = email ? await this.findByIdentifier(tenantId, normalizeIdentifier(email)) : undefined;
      const member = holder && holder.user.id !== id ? 'email' : 'username';
      throw new UserInputError(member, 'is the identifier of another user', true);
    }
  }
}

/**
 * Whether the password has to be changed at the next sign-in: as an administrator says, or by the tenant's policy because
 * an administrator has typed it. Undefined: as before.
 * @throws UserInputError when the policy does not leave the choice
 */
function mustChange({ policy }: Tenant, input: UserInput): boolean | undefined {
  if (input.password === undefined) return input.mustChangePassword;
  if (!policy.temporaryPassword || !input.isPasswordOfAdministrator) return input.mustChangePassword ?? false;
  if (input.mustChangePassword !== false) return true;
  const fault =
    'cannot be false: by the policy temporary_password, the person has to change a password that is set here';
  throw new UserInputError('must_change_password', fault);
}

function checkUsername(username: string): string {
  const fault = findUsernameFault(username);
  if (fault) throw new UserInputError('username', fault);
  return username;
}

function identifiersOf({ username, email }: Pick<UserData, 'username' | 'email'>): string[] {
  const values = [username, ...(email === null ? [] : [email])];
  return [...new Set(values.map(normalizeIdentifier))];
}

function withoutUndefined<Shape extends object>(shape: Shape): Partial<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Partial<Shape>;
}
