import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { RECOVERY_CODE } from '../factors/user-factors.repository.js';
import { isSecondFactorRequired } from '../tenants/tenant-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import {
  AUTHENTICATION_FACTORS,
  type AuthenticationFactor,
  type FactorType,
  type FirstFactor,
  type SecondFactor,
} from './authentication-factor.js';

/** The factors of `authentication-factors.ts`, and those that were added. */
@Injectable()
export class FactorRegistry implements OnModuleInit {
  private factors: readonly AuthenticationFactor[] = [];

  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(AUTHENTICATION_FACTORS) private readonly types: readonly FactorType[],
  ) {}

  async onModuleInit(): Promise<void> {
    this.factors = await Promise.all(this.types.map((type) => this.moduleRef.create(type)));
  }

  /** The factor of this name that begins a sign-in. */
  getFirst(name: string): FirstFactor {
    const factor = this.factors.find((each): each is FirstFactor => each.role === 'first' && each.name === name);
    if (!factor) throw new Error(`There is no authentication factor ${name}.`);
    return factor;
  }

  findSecond(name: string): SecondFactor | undefined {
    return this.second.find((factor) => factor.name === name);
  }

  getSecond(name: string): SecondFactor {
    const factor = this.findSecond(name);
    if (!factor) throw new Error(`There is no second factor ${name}.`);
    return factor;
  }

  /** In the order in which they are offered. */
  get second(): readonly SecondFactor[] {
    return this.factors.filter((each): each is SecondFactor => each.role === 'second');
  }

  /** Those that the user can prove now. */
  readyFor(tenant: Tenant, user: User): readonly SecondFactor[] {
    return this.second.filter((factor) => factor.isOffered(tenant) && factor.isReady(tenant, user));
  }

  /**
   * Whether nothing would be left to prove where everybody needs a second factor; then it is replaced before it is removed.
   * Recovery codes go with the last factor, so they do not count.
   */
  isLast(tenant: Tenant, user: User, name: string): boolean {
    if (!isSecondFactorRequired(tenant.policy)) return false;
    return this.readyFor(tenant, user).every((factor) => factor.name === name || factor.name === RECOVERY_CODE);
  }

  /** Those that the user can set up, each with the page for it. */
  enrollableFor(tenant: Tenant, user: User): readonly EnrollableFactor[] {
    return this.second.flatMap((factor) => {
      const page = enrolmentPageOf(factor);
      const isOpen = page !== undefined && factor.isOffered(tenant) && !factor.isReady(tenant, user);
      return isOpen ? [{ factor, page }] : [];
    });
  }
}

export interface EnrollableFactor {
  readonly factor: SecondFactor;
  readonly page: `/${string}`;
}

/** Undefined: there is nothing to set up, or it comes with another factor. */
function enrolmentPageOf(factor: SecondFactor): `/${string}` | undefined {
  return factor.enrolmentPage ?? (factor.enrol && `/second-factor/enrol/${factor.name}`);
}
