import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { SecondFactor } from '../../authentication/authentication-factor.js';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { displayNameOf } from '../../clients/client.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { writeCookie } from '../../sessions/browser-cookies.js';
import { SecondFactorProofs } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { pathOf } from '../page-responder.js';
import { displayHost } from '../redirect-target.js';
import { type CodePage, CodePages } from './code-pages.js';
import { factorLink } from './factor-link.js';
import {
  StepPages,
  type StepReference,
  type StepSubject,
  addressReference,
  formReference,
  stepAddress,
} from './step-pages.js';
import { usableFactors } from './usable-factors.js';

/** Asking for a second factor whose proof is a typed code. */
@Injectable()
export class ChallengeFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly proofs: SecondFactorProofs,
    private readonly codes: CodePages,
  ) {}

  /** The page of the factor that is offered first; one that has no code to type has a page elsewhere. */
  async choose(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const subject = await this.steps.enter(request, response, tenant, addressReference(request));
    if (!subject) return;
    const [first] = this.usable(tenant, subject);
    if (!first) return this.steps.leadOn(response, tenant, subject);
    if (first.verify === undefined) {
      return redirect(response, pathOf(tenant, stepAddress(first.challengePage, subject)));
    }
    this.codes.show(request, response, tenant, this.pageOf(tenant, subject, first));
  }

  async show(request: PageRequest, response: Response, tenant: Tenant, name: string): Promise<void> {
    const page = await this.enter(request, response, tenant, name, addressReference(request));
    if (page) this.codes.show(request, response, tenant, page);
  }

  async sendCode(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const page = await this.enter(request, response, tenant, name, formReference(params));
    if (page) await this.codes.sendCode(request, response, tenant, page);
  }

  async prove(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const page = await this.enter(request, response, tenant, name, formReference(params));
    if (!page) return;
    const { subject, factor } = page;
    if (subject.isRepeated) return this.steps.leadOn(response, tenant, subject);
    await this.codes.attempt(request, response, tenant, page, params, async (attempt) => {
      const form = { ...attempt, remember: params.find('remember') !== undefined };
      const { deviceSecret, ...held } = await this.proofs.prove(tenant, subject, factor, form);
      if (deviceSecret !== undefined) response.appendHeader('Set-Cookie', writeCookie(tenant, 'device', deviceSecret));
      await this.steps.goOn(request, response, tenant, subject, held);
    });
  }

  /** @returns undefined for a page that is not due, or a factor that this person does not have: they were led on */
  private async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    reference: StepReference,
  ): Promise<CodePage | undefined> {
    const subject = await this.steps.enter(request, response, tenant, reference);
    if (!subject) return undefined;
    const factor = this.usable(tenant, subject).find((each) => each.name === name && each.verify !== undefined);
    if (factor) return this.pageOf(tenant, subject, factor);
    this.steps.leadOn(response, tenant, subject);
    return undefined;
  }

  private usable(tenant: Tenant, subject: StepSubject): readonly SecondFactor[] {
    return usableFactors(this.factors, tenant, subject);
  }

  private pageOf(tenant: Tenant, subject: StepSubject, factor: SecondFactor): CodePage {
    const { interaction } = subject;
    return {
      subject,
      factor,
      path: factor.challengePage,
      own: (locale) => ({
        ...(interaction && {
          clientName: displayNameOf(interaction.request.client),
          redirectHost: displayHost(interaction.request.redirectUri),
        }),
        others: this.usable(tenant, subject)
          .filter((other) => other !== factor)
          .map((other) => factorLink(other, pathOf(tenant, stepAddress(other.challengePage, subject)), locale)),
        canRemember: tenant.policy.rememberedDeviceLifetimeSeconds > 0,
      }),
    };
  }
}
