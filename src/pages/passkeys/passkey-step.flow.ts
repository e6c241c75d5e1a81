import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { type Authenticating, PasskeyAuthentication } from '../../passkeys/passkey-authentication.js';
import { PasskeyRefusedError } from '../../passkeys/passkey-refused.error.js';
import { PASSKEY } from '../../passkeys/passkey.js';
import { PasskeysService } from '../../passkeys/passkeys.service.js';
import { relyingPartyOf } from '../../passkeys/relying-party.js';
import { writeCookie } from '../../sessions/browser-cookies.js';
import type { HeldSession } from '../../sessions/held-session.js';
import { SecondFactorProofs, SessionChangedError } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { formTargets } from '../redirect-target.js';
import {
  StepPages,
  type StepSubject,
  hiddenOf,
  originFor,
  stepAddress,
  addressReference,
  enrolmentBackPath,
  formReference,
} from '../second-factor/step-pages.js';
import { factorLink } from '../second-factor/factor-link.js';
import { mayEnrol } from '../second-factor/may-enrol.js';
import { usableFactors } from '../second-factor/usable-factors.js';
import type { PasskeyStepPage } from '../second-factor-content.js';
import { passkeyNaming } from './passkey-names.js';
import { sendOptions } from './passkeys.flow.js';

const CHALLENGE = '/second-factor/passkey';
const ENROLMENT = '/second-factor/enrol-passkey';

type Kind = PasskeyStepPage['kind'];
type Entry = [request: PageRequest, response: Response, tenant: Tenant];

/** A passkey as a second factor: asking for it after the password, and adding one where it is due. */
@Injectable()
export class PasskeyStepFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly passkeys: PasskeysService,
    private readonly authentication: PasskeyAuthentication,
    private readonly proofs: SecondFactorProofs,
    private readonly pages: PageResponder,
  ) {}

  async show(...[request, response, tenant]: Entry): Promise<void> {
    const subject = await this.enterChallenge([request, response, tenant], addressReference(request));
    if (subject) await this.send([request, response, tenant], subject, 'challenge');
  }

  async options(...[request, response, tenant, params]: [...Entry, OAuthParameters]): Promise<void> {
    const subject = await this.enterChallenge([request, response, tenant], formReference(params));
    if (!subject) return;
    await sendOptions(response, () => this.authentication.options(tenant, ceremonyOf(request, subject)));
  }

  async prove(...[request, response, tenant, params]: [...Entry, OAuthParameters]): Promise<void> {
    const entry: Entry = [request, response, tenant];
    const subject = await this.enterChallenge(entry, formReference(params));
    if (!subject) return;
    const origin = originFor(request, subject);
    const how = { origin, remember: params.find('remember') !== undefined };
    await this.attempt(entry, subject, 'challenge', async () => {
      const { deviceSecret, ...held } = await this.authentication.authenticate(
        tenant,
        ceremonyOf(request, subject),
        { answer: params.find('credential'), origin },
        ({ amr, at }, transaction) =>
          this.proofs.accept(tenant, subject, { factor: PASSKEY, amr, at }, how, transaction),
      );
      if (deviceSecret !== undefined) response.appendHeader('Set-Cookie', writeCookie(tenant, 'device', deviceSecret));
      return held;
    });
  }

  async showEnrolment(...[request, response, tenant]: Entry): Promise<void> {
    const subject = await this.enterEnrolment([request, response, tenant], addressReference(request));
    if (subject) await this.send([request, response, tenant], subject, 'enrolment');
  }

  async enrolmentOptions(...[request, response, tenant, params]: [...Entry, OAuthParameters]): Promise<void> {
    const subject = await this.enterEnrolment([request, response, tenant], formReference(params));
    if (!subject) return;
    await sendOptions(response, () => this.passkeys.registrationOptions(tenant, registrantOf(request, subject)));
  }

  /** Whoever has just made a passkey has proven it as well. */
  async enrol(...[request, response, tenant, params]: [...Entry, OAuthParameters]): Promise<void> {
    const entry: Entry = [request, response, tenant];
    const subject = await this.enterEnrolment(entry, formReference(params));
    if (!subject) return;
    const { user } = subject.session;
    const { locale } = this.pages.context(request, tenant);
    const nameOf = await passkeyNaming(request, locale);
    const origin = originFor(request, subject);
    const given = { answer: params.find('credential'), nameOf, origin, locale };
    await this.attempt(entry, subject, 'enrolment', () =>
      this.passkeys.register(tenant, registrantOf(request, subject), given, async (transaction, { amr }) => {
        const proof = { factor: PASSKEY, amr, at: Date.now() / 1000 };
        const held = await this.proofs.strengthen(tenant, subject, proof, origin, transaction);
        const secondFactors = [...new Set([...user.secondFactors, PASSKEY])];
        return { ...held, session: { ...held.session, user: { ...held.session.user, secondFactors } } };
      }),
    );
  }

  private async attempt(entry: Entry, subject: StepSubject, kind: Kind, work: () => Promise<HeldSession>) {
    const [request, response, tenant] = entry;
    try {
      await this.steps.goOn(request, response, tenant, subject, await work());
    } catch (error) {
      if (error instanceof SessionChangedError) {
        return this.steps.afterChange(request, response, tenant, subject, error);
      }
      if (!(error instanceof PasskeyRefusedError)) throw error;
      await this.send(entry, subject, kind, error.fault === 'unknown' ? 'refused' : error.fault);
    }
  }

  private async enterChallenge(
    [request, response, tenant]: Entry,
    reference: Parameters<StepPages['enter']>[3],
  ): Promise<StepSubject | undefined> {
    const subject = await this.steps.enter(request, response, tenant, reference);
    if (!subject || usableFactors(this.factors, tenant, subject).some(({ name }) => name === PASSKEY)) return subject;
    this.steps.leadOn(response, tenant, subject);
    return undefined;
  }

  /** When it is due, or from the account page. A person who has a second factor proves it first. */
  private async enterEnrolment(
    [request, response, tenant]: Entry,
    reference: Parameters<StepPages['enter']>[3],
  ): Promise<StepSubject | undefined> {
    const subject = await this.steps.enterFresh(request, response, tenant, reference);
    if (!subject) return undefined;
    if (mayEnrol(this.factors, tenant, subject, PASSKEY)) return subject;
    this.steps.leadOn(response, tenant, subject);
    return undefined;
  }

  private async send(
    [request, response, tenant]: Entry,
    subject: StepSubject,
    kind: Kind,
    notice?: PasskeyStepPage['notice'],
  ): Promise<void> {
    const { interaction, session } = subject;
    const path = kind === 'challenge' ? CHALLENGE : ENROLMENT;
    const hidden = hiddenOf(subject);
    const hosts = kind === 'challenge' ? await this.hostsElsewhere(tenant, session.user.id) : [];
    const context = this.pages.context(request, tenant, {
      address: stepAddress(path, subject),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
    const { locale } = context;
    this.pages.remember(request, response, tenant, interaction?.id);
    this.pages.send(
      response,
      {
        page: 'passkey-step',
        kind,
        context,
        ...this.pages.form(request, tenant, { path, purpose: 'second-factor', hidden }),
        optionsPath: pathOf(tenant, `${path}/options`),
        scriptPath: PASSKEY_SCRIPT_PATH,
        userName: session.user.claims.name ?? session.user.username,
        others: usableFactors(this.factors, tenant, subject)
          .filter(({ name }) => name !== PASSKEY)
          .map((other) => factorLink(other, pathOf(tenant, stepAddress(other.challengePage, subject)), locale)),
        canRemember: kind === 'challenge' && tenant.policy.rememberedDeviceLifetimeSeconds > 0,
        ...(kind === 'challenge'
          ? { switchAccount: this.pages.switchAccount(request, tenant, interaction?.id) }
          : {
              backHref: pathOf(tenant, enrolmentBackPath(subject)),
            }),
        ...(hosts.length > 0 && { elsewhere: hosts }),
        ...(notice !== undefined && { notice }),
      },
      { ...formTargets(interaction?.request), script: 'fetches' },
      notice === undefined ? 200 : 400,
    );
  }

  /** Where the person's passkeys work, when none of them works at this address. */
  private async hostsElsewhere(tenant: Tenant, userId: string): Promise<readonly string[]> {
    const hosts = (await this.passkeys.list(tenant, userId)).map(({ rpId }) => rpId);
    return hosts.includes(relyingPartyOf(tenant)?.id ?? '') ? [] : [...new Set(hosts)];
  }
}

/** The challenge belongs to this session and this request. */
function ceremonyOf(request: PageRequest, { session, interaction }: StepSubject): Authenticating {
  const subject = `${session.id} ${interaction?.id ?? ''}`;
  return { purpose: 'second_factor', browser: browserOf(request), subject, user: session.user };
}

function registrantOf(request: PageRequest, { session }: StepSubject) {
  return { user: session.user, browser: browserOf(request) };
}
