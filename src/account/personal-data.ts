import type { Tenant } from '../tenants/tenant.js';
import type { UserEntity } from '../users/user.entity.js';

/** One part of what is held about a person, a member of `personal-data-list.ts`. Never a secret. */
export interface PersonalData {
  /** Of its member in the file. */
  readonly name: string;
  collect(tenant: Tenant, user: UserEntity): Promise<object>;
}

/** Injection token of the parts' instances. */
export const PERSONAL_DATA = Symbol('PersonalData');
