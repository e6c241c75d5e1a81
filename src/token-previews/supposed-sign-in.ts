import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { acrOf, amrOf } from '../authentication/assurance.js';
import { FactorRegistry } from '../authentication/factor.registry.js';
import type { Proof } from '../authentication/proof.js';
import { enrolmentDemandOf, factorsAsked, wouldMeet } from '../authorization/interaction/second-factor-demand.js';
import type { InteractionStep, SignedInInteraction } from '../authorization/interaction-step.js';
import type { Session } from '../sessions/session.js';
import type { GrantedSignIn } from '../tokens/grants.repository.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/** A sign-in that nobody made: with the password, and with what else a request would ask for. */
@Injectable()
export class SupposedSignIn {
  constructor(private readonly factors: FactorRegistry) {}

  /** The person has just signed in with the password. */
  begin({ policy }: Tenant, user: User): Session {
    const authTime = Date.now() / 1000;
    const { name, amr } = this.factors.getFirst('password');
    const proofs: readonly Proof[] = [{ factor: name, amr, at: authTime }];
    const expiresAt = authTime + policy.sessionAbsoluteLifetimeSeconds;
    return { id: randomUUID(), user, authTime, amr: amrOf(proofs), proofs, expiresAt, isRemembered: false };
  }

  /** The person has done what a step asked for, in the way that is offered first. */
  after(done: InteractionStep, interaction: SignedInInteraction): SignedInInteraction {
    const { session } = interaction;
    const factor = this.factorOf(done.name, interaction);
    if (!factor) return interaction;
    const proofs = [...session.proofs, { factor: factor.name, amr: factor.amr, at: Date.now() / 1000 }];
    return { ...interaction, session: { ...session, proofs, amr: amrOf(proofs) } };
  }

  signInOf({ policy }: Tenant, { id, authTime, amr, proofs }: Session, wished: readonly string[] = []): GrantedSignIn {
    return { authTime, amr, acr: acrOf(policy, proofs, wished), sessionId: id };
  }

  /** What is proven in the step; undefined: nothing, or it may be skipped. */
  private factorOf(step: string, interaction: SignedInInteraction) {
    const { tenant, session } = interaction;
    if (step === 'second-factor') {
      return factorsAsked(this.factors.readyFor(tenant, session.user), interaction)[0];
    }
    const demand = step === 'enrol' ? enrolmentDemandOf(interaction) : undefined;
    if (!demand?.isStrict) return undefined;
    const enrollable = this.factors.enrollableFor(tenant, session.user);
    return enrollable.find(({ factor }) => wouldMeet(demand, interaction, factor))?.factor;
  }
}
