import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { SecondFactorProofs } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { pathOf } from '../page-responder.js';
import { type CodePage, CodePages } from './code-pages.js';
import { mayEnrol } from './may-enrol.js';
import { StepPages, type StepReference, addressReference, enrolmentBackPath, formReference } from './step-pages.js';

/** Setting up a factor whose proof is a typed code (`SecondFactor.enrol`), such as one that was added from outside. */
@Injectable()
export class CodeEnrolmentFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly proofs: SecondFactorProofs,
    private readonly codes: CodePages,
  ) {}

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

  async confirm(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const page = await this.enter(request, response, tenant, name, formReference(params));
    if (!page) return;
    const { subject, factor } = page;
    await this.codes.attempt(request, response, tenant, page, params, async (attempt) => {
      const held = await this.proofs.enrol(tenant, subject, factor, { ...attempt, remember: false });
      await this.steps.goOn(request, response, tenant, subject, held);
    });
  }

  /** @returns undefined for a factor that this person cannot set up here: they were led on */
  private async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    reference: StepReference,
  ): Promise<CodePage | undefined> {
    const subject = await this.steps.enterFresh(request, response, tenant, reference);
    if (!subject) return undefined;
    const factor = this.factors.findSecond(name);
    if (!factor?.enrol || !mayEnrol(this.factors, tenant, subject, name)) {
      this.steps.leadOn(response, tenant, subject);
      return undefined;
    }
    const enrolment = { backHref: pathOf(tenant, enrolmentBackPath(subject)) };
    const own = () => ({ enrolment, others: [], canRemember: false });
    return { subject, factor, path: `/second-factor/enrol/${name}`, own };
  }
}
