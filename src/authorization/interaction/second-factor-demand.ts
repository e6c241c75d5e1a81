import { meets } from '../../authentication/assurance.js';
import type { SecondFactor } from '../../authentication/authentication-factor.js';
import { FRESH_SECONDS, type Proof, hasMark } from '../../authentication/proof.js';
import { type AcrRequirement, isSecondFactorRequired } from '../../tenants/tenant-policy.js';
import type { SignedInInteraction } from '../interaction-step.js';

/** What has to be proven beyond the sign-in. */
export interface SecondFactorDemand {
  /** One of them is enough, and none is met so far. */
  readonly anyOf: readonly AcrRequirement[];
  /** Nothing goes on without it. Otherwise it is asked for when the person can prove it. */
  readonly isStrict: boolean;
}

/**
 * What is demanded: by the request's `acr`, and by tenant, client and person. One does not stand for the other: whoever
 * cannot meet the `acr` proves their own second factor all the same. Otherwise somebody with the password alone would
 * only have to ask for what the person does not have.
 */
export function demandsOf(interaction: SignedInInteraction): readonly SecondFactorDemand[] {
  return [acrDemandOf(interaction), ownDemandOf(interaction)].filter((demand) => demand !== undefined);
}

/** The factors that are asked for now: those that meet the first demand that one of them can meet. */
export function factorsAsked(
  ready: readonly SecondFactor[],
  interaction: SignedInInteraction,
): readonly SecondFactor[] {
  for (const demand of demandsOf(interaction)) {
    const usable = ready.filter((factor) => wouldMeet(demand, interaction, factor));
    if (usable.length > 0) return usable;
  }
  return ownDemandOf(interaction) ? othersOf(ready, interaction) : [];
}

/**
 * A security key that verified nobody, and a code of an app, are two things that one has: together they are no two kinds.
 * Whoever set up the app wants to be asked for it all the same, so that somebody with the key alone gets no further.
 */
function othersOf(ready: readonly SecondFactor[], { session }: SignedInInteraction): readonly SecondFactor[] {
  const [first, ...more] = session.proofs.filter(({ amr }) => amr.length > 0);
  return more.length > 0 ? [] : ready.filter(({ name }) => name !== first?.factor);
}

/** What a factor has to meet that is set up now. */
export function enrolmentDemandOf(interaction: SignedInInteraction): SecondFactorDemand | undefined {
  const demands = demandsOf(interaction);
  return demands.find(({ isStrict }) => isStrict) ?? demands[0];
}

/**
 * A remembered device stands for the second factor that the tenant or the person wants at every sign-in. It is never taken
 * for one that the client asks for, by `acr` or by its registration, because tokens would say less than was asked for. Nor
 * is it where the account is changed, or the password on the way.
 */
function ownDemandOf(interaction: SignedInInteraction): SecondFactorDemand | undefined {
  const { request, session, tenant, isSensitive = false } = interaction;
  if (meets('two_factors', isSensitive ? freshOf(session.proofs) : session.proofs)) return undefined;
  const both: SecondFactorDemand = { anyOf: ['two_factors'], isStrict: true };
  if (request?.client.requireSecondFactor) return both;
  const isChange = isSensitive || session.user.mustChangePassword;
  if (!isChange && hasMark(session.proofs, 'rememberedDevice')) return undefined;
  if (isSecondFactorRequired(tenant.policy)) return both;
  if (tenant.policy.secondFactor === 'off' || session.user.secondFactors.length === 0) return undefined;
  return { anyOf: ['two_factors'], isStrict: false };
}

/** What began the session, and what was proven lately beyond that. */
function freshOf([first, ...others]: readonly Proof[]): readonly Proof[] {
  const since = Date.now() / 1000 - FRESH_SECONDS;
  return [...(first ? [first] : []), ...others.filter(({ at }) => at >= since)];
}

/** OpenID Connect Core §3.1.2.1 and §5.5.1.1: one of the values that the request names is to be met. */
function acrDemandOf({ request, session, tenant }: SignedInInteraction): SecondFactorDemand | undefined {
  if (!request || request.acr.values.length === 0) return undefined;
  const { acrValues } = tenant.policy;
  const anyOf = request.acr.values.flatMap((value) =>
    Object.hasOwn(acrValues, value) ? [acrValues[value] as AcrRequirement] : [],
  );
  if (anyOf.some((requirement) => meets(requirement, session.proofs))) return undefined;
  // Values that nobody registered cannot be met. `check-acr` refuses those that are essential.
  return anyOf.length === 0 ? undefined : { anyOf, isStrict: request.acr.isEssential };
}

/** Whether the session would meet the demand with this factor. */
export function wouldMeet(
  { anyOf }: SecondFactorDemand,
  { session }: SignedInInteraction,
  { amr }: Pick<SecondFactor, 'amr'>,
): boolean {
  return anyOf.some((requirement) => meets(requirement, [...session.proofs, { amr }]));
}
