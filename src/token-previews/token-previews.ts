import { Injectable } from '@nestjs/common';
import type { AuthorizationRequest } from '../authorization/authorization-request.js';
import { AuthorizationValidator, RefusedRequest } from '../authorization/authorization-validator.js';
import { NextStepDecider } from '../authorization/next-step.decider.js';
import type { Client } from '../clients/client.js';
import { redirectUrisOf } from '../clients/console-client.js';
import { ConsentService } from '../consent/consent.service.js';
import type { TokenForecast } from '../grants/grant-handler.js';
import { GrantRegistry } from '../grants/grant.registry.js';
import { UserTokenIssuer } from '../grants/user-token.issuer.js';
import { InvalidGrantError, InvalidScopeError, OAuthError } from '../oauth/oauth-error.js';
import { OAuthParameters } from '../oauth/parameters.js';
import { type Scope, formatScope } from '../oauth/scope.js';
import { type Access, permissionsOf, scopeOf } from '../resources/access.js';
import { AccessResolver } from '../resources/access-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import { checkEligibility } from '../tokens/eligibility.js';
import type { User } from '../users/user.js';
import { PreviewedAnswers } from './previewed-answers.js';
import { type Stage, fatesOf, refusedFates } from './scope-fates.js';
import { SupposedSignIn } from './supposed-sign-in.js';
import type { PreviewQuestion, PreviewRefusal, PreviewedConsent, TokenPreview } from './token-preview.js';

/** For whom tokens would be. */
export interface PreviewParties {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly user: User | undefined;
}

interface Foreseen {
  readonly forecast: TokenForecast;
  readonly steps: readonly string[];
  readonly consent: PreviewedConsent | undefined;
  readonly stages: readonly Stage[];
}

/** RFC 7636 §4.2: a request of a careful client has one. Nobody knows its verifier. */
const CODE_CHALLENGE = 'A'.repeat(43);

/**
 * What tokens would hold, by way of the code that issues them: the checks of the authorization request, its steps, the
 * consent, the grant's handler and the composition of claims. Nothing is signed, stored or recorded.
 */
@Injectable()
export class TokenPreviews {
  constructor(
    private readonly validator: AuthorizationValidator,
    private readonly nextStep: NextStepDecider,
    private readonly consents: ConsentService,
    private readonly registry: GrantRegistry,
    private readonly accessResolver: AccessResolver,
    private readonly issuer: UserTokenIssuer,
    private readonly signIn: SupposedSignIn,
    private readonly answers: PreviewedAnswers,
  ) {}

  async preview(parties: PreviewParties, question: PreviewQuestion): Promise<TokenPreview> {
    const { grantType, scope } = question;
    try {
      const { forecast, steps, consent, stages } = await this.foresee(parties, question);
      const { hasRefreshToken } = forecast;
      const scopes = fatesOf(scope, stages, forecast);
      const given = await this.answers.of(parties.tenant, forecast);
      return { grantType, refusal: undefined, steps, consent, scopes, ...given, hasRefreshToken };
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      const scopes = await this.refusedScopes(parties, question);
      const nothing = { accessToken: undefined, idToken: undefined, userinfo: undefined, hasRefreshToken: false };
      return { grantType, refusal, steps: [], consent: undefined, scopes, ...nothing };
    }
  }

  private foresee(parties: PreviewParties, question: PreviewQuestion): Promise<Foreseen> {
    return question.grantType === 'authorization_code'
      ? this.foreseeCode(parties, question)
      : this.foreseeDirect(parties, question);
  }

  /** RFC 6749 §4.1: the authorization request, the person's way through it, and the code's redemption. */
  private async foreseeCode(parties: PreviewParties, question: PreviewQuestion): Promise<Foreseen> {
    const { tenant, client, user } = parties;
    if (!user) throw new InvalidGrantError('The grant type authorization_code is for a user.');
    const request = await this.validate(parties, question);
    const session = this.signIn.begin(tenant, user);
    const interaction = { tenant, session, request, requestedAt: undefined };
    // Whoever is disabled is told so before anything else.
    checkEligibility(tenant, client, user, request.access);
    const due = await this.nextStep.listDue(interaction, (done, now) => this.signIn.after(done, now));
    const review = await this.consents.review(tenant.id, user.id, client, request.access);
    const allowed = await this.consents.withoutDeclined(tenant.id, user.id, client, request.access);
    const given = checkEligibility(tenant, client, user, allowed).access;
    // As the grant keeps it, and as the code gives it back.
    const eligible = checkEligibility(tenant, client, user, await this.restore(tenant, client, given));
    const signIn = this.signIn.signInOf(tenant, due.end.session, request.acr.values);
    const forecast = await this.issuer.preview(eligible, signIn, []);
    return {
      forecast,
      steps: due.steps.map(({ name }) => name),
      consent: { isFirstParty: client.firstParty, ...review },
      stages: [
        ...this.knownStages(question.scope, await this.knownOf(tenant, client, question.scope), request.access),
        { reason: 'declined_by_user', left: scopeOf(allowed) },
        { reason: 'not_in_management_roles', left: scopeOf(eligible.access) },
        { reason: 'not_in_api_roles', left: scopeOf(forecast.access) },
      ],
    };
  }

  /** A grant whose request carries everything, RFC 6749 §4.3 and §4.4. */
  private async foreseeDirect(parties: PreviewParties, question: PreviewQuestion): Promise<Foreseen> {
    const { tenant, client, user } = parties;
    const handler = this.registry.get(tenant, client, question.grantType);
    if (!handler.preview) throw new Error(`The grant type ${question.grantType} has no preview.`);
    const session = user && this.signIn.begin(tenant, user);
    const signIn = session
      ? this.signIn.signInOf(tenant, session)
      : { authTime: 0, acr: '', amr: [], sessionId: undefined };
    const params = parametersOf({ grant_type: question.grantType }, question);
    const forecast = await handler.preview({ tenant, client, user, params, signIn });
    const known = await this.knownOf(tenant, client, question.scope);
    const stages = [
      { reason: 'unknown', left: known },
      { reason: user ? 'not_in_management_roles' : 'not_in_api_roles', left: scopeOf(forecast.access) },
    ] as const;
    return { forecast, steps: [], consent: undefined, stages };
  }

  private validate({ tenant, client }: PreviewParties, question: PreviewQuestion): Promise<AuthorizationRequest> {
    const [redirectUri = ''] = redirectUrisOf(tenant, client);
    const request = {
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      code_challenge: CODE_CHALLENGE,
      code_challenge_method: 'S256',
    };
    return this.validator.validate(tenant, parametersOf(request, question));
  }

  private restore(tenant: Tenant, client: Client, access: Access): Promise<Access> {
    return this.accessResolver.restore(tenant, client, {
      scope: scopeOf(access),
      resources: access.apis.map(({ api }) => api.identifier),
      resourcesRequested: access.resourcesRequested,
      permissions: permissionsOf(access),
      createdAt: Date.now() / 1000,
    });
  }

  private knownStages(asked: Scope, known: Scope, access: Access): Stage[] {
    const left = scopeOf(access);
    return [
      { reason: 'unknown', left: asked.filter((name) => known.includes(name) || left.includes(name)) },
      { reason: 'no_refresh_token', left },
    ];
  }

  /** Empty where no name is known, which is no error here. */
  private async knownOf(tenant: Tenant, client: Client, scope: Scope): Promise<Scope> {
    try {
      return await this.accessResolver.known(tenant, client, scope);
    } catch (error) {
      if (error instanceof InvalidScopeError) return [];
      throw error;
    }
  }

  private refusedScopes(parties: PreviewParties, question: PreviewQuestion) {
    const { tenant, client } = parties;
    return refusedFates(
      question.scope,
      (scope) => this.askFor(parties, { ...question, scope }),
      async (name) => (await this.knownOf(tenant, client, [name])).length > 0,
    );
  }

  /** @throws OAuthError */
  private async askFor(parties: PreviewParties, question: PreviewQuestion): Promise<void> {
    try {
      if (question.grantType === 'authorization_code') await this.validate(parties, question);
      else await this.foreseeDirect(parties, question);
    } catch (error) {
      throw error instanceof RefusedRequest ? error.error : error;
    }
  }
}

function parametersOf(
  request: Readonly<Record<string, string>>,
  { scope, resources }: PreviewQuestion,
): OAuthParameters {
  const asked = new URLSearchParams(request);
  if (scope.length > 0) asked.set('scope', formatScope(scope));
  for (const resource of resources) asked.append('resource', resource);
  return OAuthParameters.parse(asked.toString());
}

function refusalOf(caught: unknown): PreviewRefusal | undefined {
  const error = caught instanceof RefusedRequest ? caught.error : caught;
  if (!(error instanceof OAuthError)) return undefined;
  return { error: error.code, description: error.message, detail: error.detail };
}
