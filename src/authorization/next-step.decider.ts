import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AccountSelectionRequiredError, LoginRequiredError, OAuthError } from '../oauth/oauth-error.js';
import {
  INTERACTION_STEPS,
  type Interaction,
  type InteractionStep,
  type InteractionStepType,
  type SignedInInteraction,
} from './interaction-step.js';
import { RefusedRequest } from './authorization-validator.js';
import { needsSignIn } from './needs-sign-in.js';

/** OpenID Connect Core §3.1.2.3: the step before all others. It is not asked, but decided here. */
const SIGN_IN: InteractionStep = {
  name: 'sign-in',
  page: '/sign-in',
  silentError: () => new LoginRequiredError('The user has to sign in.'),
  isNeeded: () => false,
};

/** The same for `prompt=create` (OpenID Connect Prompt Create 1.0): its page leads to the sign-in page, too. */
const SIGN_UP: InteractionStep = { ...SIGN_IN, page: '/sign-up' };

/** Decides what a checked authorization request, or a look at the account pages, needs of the person. */
@Injectable()
export class NextStepDecider implements OnModuleInit {
  private steps: readonly InteractionStep[] = [];

  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(INTERACTION_STEPS) private readonly types: readonly InteractionStepType[],
  ) {}

  async onModuleInit(): Promise<void> {
    this.steps = await Promise.all(this.types.map((type) => this.moduleRef.create(type)));
  }

  /**
   * The first step that is due, in the order of `interaction-steps.ts`; undefined: none any more.
   * @throws RefusedRequest when the person may not be asked (`prompt=none`), or cannot do what is needed
   */
  async decide(interaction: Interaction): Promise<InteractionStep | undefined> {
    const { request } = interaction;
    const step = await this.refusing(interaction, () => this.firstNeeded(interaction));
    if (step && request?.prompt.has('none')) throw new RefusedRequest(request, silentErrorOf(step, interaction));
    return step;
  }

  /** Decides without answering the client. A request that would be refused is refused later, by `resume`. */
  async peek(interaction: Interaction): Promise<InteractionStep | undefined> {
    try {
      return await this.decide(interaction);
    } catch (error) {
      if (error instanceof RefusedRequest) return undefined;
      throw error;
    }
  }

  /**
   * Every step that is due of somebody who is signed in, in their order.
   * @param after what is known when a step was done
   * @throws OAuthError when the person cannot do what is needed
   */
  async listDue(
    interaction: SignedInInteraction,
    after: (done: InteractionStep, interaction: SignedInInteraction) => SignedInInteraction,
  ): Promise<{ readonly steps: readonly InteractionStep[]; readonly end: SignedInInteraction }> {
    const due: InteractionStep[] = [];
    let now = interaction;
    for (const step of this.steps) {
      if (!(await step.isNeeded(now))) continue;
      due.push(step);
      now = after(step, now);
    }
    return { steps: due, end: now };
  }

  private async firstNeeded(interaction: Interaction): Promise<InteractionStep | undefined> {
    if (!isSignedIn(interaction)) return interaction.request?.prompt.has('create') ? SIGN_UP : SIGN_IN;
    for (const step of this.steps) if (await step.isNeeded(interaction)) return step;
    return undefined;
  }

  /** An error of a step is the client's, when there is one. */
  private async refusing<Result>({ request }: Interaction, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (request && error instanceof OAuthError) throw new RefusedRequest(request, error);
      throw error;
    }
  }
}

/** Core §3.1.2.6: somebody is signed in, and who is meant is not known. */
function silentErrorOf(step: InteractionStep, { session, hasOthers }: Interaction): OAuthError {
  if (step !== SIGN_IN || session || !hasOthers) return step.silentError();
  return new AccountSelectionRequiredError('The user has to choose one of several accounts.');
}

function isSignedIn(interaction: Interaction): interaction is SignedInInteraction {
  const { request, session, requestedAt, hasOthers } = interaction;
  return session !== undefined && !(request && needsSignIn(request, session, requestedAt, hasOthers));
}
