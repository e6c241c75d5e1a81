import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { GrantUsageRepository } from '../clients/grant-usage.repository.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { POLICY_MEMBERS, effectivePolicy } from '../tenants/policy-inheritance.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import type { TenantPolicy } from '../tenants/tenant-policy.js';
import { type ExaminedClient, type PolicyState, findClientImpacts } from './client-impact.js';
import type { ChangedValue, ImpactLimits, PolicyImpact, UserImpact } from './policy-impact.js';
import { PolicyImpactRepository, type UserCounts, type UserKind } from './policy-impact.repository.js';

/** Which users meet something new: what is asked of them, when, and how they are counted. */
const USER_RULES: readonly {
  readonly code: UserImpact['code'];
  readonly detail: string;
  readonly kind: (is: TenantPolicy) => UserKind;
  readonly begins: (was: TenantPolicy, is: TenantPolicy) => boolean;
}[] = [
  {
    code: 'second_factor_missing',
    detail: 'They have no second factor, and have to set one up at their next sign-in.',
    kind: ({ emailCodes }) => (emailCodes === 'off' ? 'withoutFactor' : 'withoutFactorOrMail'),
    begins: (was, is) =>
      is.secondFactor === 'required' &&
      (was.secondFactor !== 'required' || was.secondFactorRequiredFrom !== is.secondFactorRequiredFrom),
  },
  {
    code: 'email_unverified',
    detail: 'Their e-mail address is not verified, and they have to verify it after their next sign-in.',
    kind: () => 'unverified',
    begins: (was, is) => is.requireVerifiedEmail && !was.requireVerifiedEmail,
  },
  {
    code: 'terms_to_accept',
    detail: 'They have not accepted this version of the terms, and are asked to at their next sign-in.',
    kind: () => 'otherTerms',
    begins: (was, is) => is.termsVersion !== null && is.termsVersion !== was.termsVersion,
  },
  {
    code: 'passkey_refused',
    detail: 'Their passkeys no longer sign them in.',
    kind: () => 'withPasskey',
    begins: (was, is) => is.passkeys !== 'sign_in' && was.passkeys === 'sign_in',
  },
];

/** What a policy would break at a tenant, found without changing anything. */
@Injectable()
export class PolicyImpacts {
  constructor(
    private readonly repository: PolicyImpactRepository,
    private readonly usage: GrantUsageRepository,
  ) {}

  /** @returns undefined when nothing changes for the tenant, its clients and its people */
  async find(tenant: TenantEntity, after: PolicyState, limits: ImpactLimits): Promise<PolicyImpact | undefined> {
    const [was, is] = [effectivePolicy(tenant), effectivePolicy(after)];
    const changes = changesOf(was, is);
    const locksOf = ({ policyLocks, inherited }: PolicyState) => [[...policyLocks].sort(), [...inherited.locks.keys()]];
    if (changes.length === 0 && isDeepStrictEqual(locksOf(tenant), locksOf(after))) return undefined;
    const tenantId = toTenantId(tenant.id);
    const listed = await this.repository.listClients(tenantId, limits.clients + 1);
    const clients = listed.slice(0, limits.clients).filter(({ enabled }) => enabled);
    const lastUse = await this.lastUses(tenantId, clients);
    const rules = USER_RULES.filter(({ begins }) => begins(was, is));
    const counted = { limit: limits.users + 1, termsVersion: is.termsVersion };
    const counts = rules.length === 0 ? undefined : await this.repository.countUsers(tenantId, counted);
    return {
      tenant: tenant.slug,
      changes,
      clients: clients.flatMap((client) => findClientImpacts(client, { before: tenant, after, lastUse })),
      clientsExamined: clients.length,
      users: counts ? rules.flatMap(({ code, detail, kind }) => userImpact(counts, kind(is), { code, detail })) : [],
      usersExamined: counts?.examined ?? 0,
      complete: listed.length <= limits.clients && (counts?.examined ?? 0) <= limits.users,
      notes: notesOf(was, is),
    };
  }

  private async lastUses(tenantId: TenantId, clients: readonly ExaminedClient[]) {
    const registered = clients.filter(({ grantTypes }) =>
      grantTypes.some((type) => type === 'implicit' || type === 'password'),
    );
    const ids = registered.map(({ clientId }) => clientId);
    const uses = ids.length === 0 ? [] : await this.usage.findLast(tenantId, ids);
    return (clientId: string, grantType: string) =>
      uses.find((use) => use.clientId === clientId && use.grantType === grantType)?.lastUsedAt;
  }
}

function changesOf(was: TenantPolicy, is: TenantPolicy): ChangedValue[] {
  return POLICY_MEMBERS.filter((member) => !isDeepStrictEqual(was[member], is[member])).map((member) => ({
    member,
    from: was[member],
    to: is[member],
  }));
}

function userImpact(counts: UserCounts, kind: UserKind, rule: Pick<UserImpact, 'code' | 'detail'>): UserImpact[] {
  if (counts[kind] === 0) return [];
  return [{ ...rule, affected: counts[kind], sample: counts[`${kind}Sample`] ?? [] }];
}

function notesOf(was: TenantPolicy, is: TenantPolicy): string[] {
  return [
    ...(is.passwordMinLength > was.passwordMinLength
      ? [
          'How long the passwords of people are is not known, because only digests are kept. The new length holds for new passwords.',
        ]
      : []),
    ...(is.accessTokenSigningAlg !== was.accessTokenSigningAlg
      ? [
          `APIs that verify access tokens themselves have to accept ${is.accessTokenSigningAlg}; what they accept is not known.`,
        ]
      : []),
  ];
}
