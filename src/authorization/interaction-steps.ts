import type { InteractionStepType } from './interaction-step.js';
import { AcceptTermsStep } from './interaction/accept-terms.step.js';
import { ChangePasswordStep } from './interaction/change-password.step.js';
import { CompleteProfileStep } from './interaction/complete-profile.step.js';
import { ConsentStep } from './interaction/consent.step.js';
import { EnrolStep } from './interaction/enrol.step.js';
import { KeepAccountStep } from './interaction/keep-account.step.js';
import { SecondFactorStep } from './interaction/second-factor.step.js';
import { VerifyAddressStep } from './interaction/verify-address.step.js';

/**
 * THE LIST of what a person who is signed in may still have to do, in this order. Signing in comes before them all
 * (`next-step.decider.ts`). A new step is a file in `interaction` and a line here.
 */
export const interactionSteps: readonly InteractionStepType[] = [
  SecondFactorStep,
  KeepAccountStep,
  ChangePasswordStep,
  EnrolStep,
  VerifyAddressStep,
  AcceptTermsStep,
  CompleteProfileStep,
  ConsentStep,
];
