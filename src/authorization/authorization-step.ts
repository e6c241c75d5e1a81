import type { AccessResolver } from '../resources/access-resolver.js';
import type { IdTokenHintVerifier } from '../tokens/id-token-hint.js';
import type { AuthorizationRequest, ProvenRequest } from './authorization-request.js';

/** What steps may ask beyond the request itself. */
export interface StepTools {
  readonly accessResolver: AccessResolver;
  readonly idTokenHints: IdTokenHintVerifier;
}

/** Members of the checked request, as a step adds or needs them. */
export type Established<Members extends keyof AuthorizationRequest> = Pick<AuthorizationRequest, Members>;

/** Checks one thing; returns what it established, or throws the OAuthError that goes to the client. */
export type AuthorizationStep<Adds extends object = object, Needs extends object = object> = (
  request: ProvenRequest & Needs,
  tools: StepTools,
) => Adds | Promise<Adds>;

/**
 * Steps in their order. Its type is what they establish together: a step that needs what none before it adds does not
 * compile, nor does a list that leaves a member of the request out where the whole request is asked for.
 */
export class AuthorizationPipeline<Result extends ProvenRequest> {
  static readonly start = new AuthorizationPipeline<ProvenRequest>([], []);

  /** @param ownParameters names of parameters that steps read beyond those the specifications define */
  private constructor(
    private readonly steps: readonly AuthorizationStep<object, never>[],
    readonly ownParameters: readonly string[],
  ) {}

  /** @param reads names of own parameters of the step, which are then kept while a person signs in */
  check<Adds extends object>(
    step: AuthorizationStep<Adds, Result>,
    { reads = [] }: { readonly reads?: readonly string[] } = {},
  ): AuthorizationPipeline<Result & Adds> {
    return new AuthorizationPipeline<Result & Adds>([...this.steps, step], [...this.ownParameters, ...reads]);
  }

  /** @throws OAuthError of the first step that refuses */
  async run(request: ProvenRequest, tools: StepTools): Promise<Result> {
    let established: object = request;
    for (const step of this.steps) established = { ...established, ...(await step(established as never, tools)) };
    return established as Result;
  }
}

/** Injection token of the pipeline that the authorization endpoint runs. */
export const AUTHORIZATION_STEPS = Symbol('AuthorizationSteps');
