import { type DynamicModule, Module } from '@nestjs/common';
import { INTERACTION_STEPS, type InteractionStepType } from './interaction-step.js';

/** What a person may have to do before they are answered. */
@Module({})
export class InteractionStepsModule {
  /** @param steps the list; `interaction-steps.ts` has the platform's own */
  static forRoot(steps: readonly InteractionStepType[]): DynamicModule {
    return {
      module: InteractionStepsModule,
      global: true,
      providers: [{ provide: INTERACTION_STEPS, useValue: steps }],
      exports: [INTERACTION_STEPS],
    };
  }
}
