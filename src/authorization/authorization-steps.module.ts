import { type DynamicModule, Module } from '@nestjs/common';
import type { AuthorizationRequest } from './authorization-request.js';
import { AUTHORIZATION_STEPS, type AuthorizationPipeline } from './authorization-step.js';

/** Which checks an authorization request has to pass. */
@Module({})
export class AuthorizationStepsModule {
  /** @param steps the pipeline to run; `authorization-steps.ts` has the platform's own */
  static forRoot(steps: AuthorizationPipeline<AuthorizationRequest>): DynamicModule {
    return {
      module: AuthorizationStepsModule,
      global: true,
      providers: [{ provide: AUTHORIZATION_STEPS, useValue: steps }],
      exports: [AUTHORIZATION_STEPS],
    };
  }
}
