import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { isVisibleLine } from '../../oauth/visible-text.js';
import { PasskeyRefusedError } from '../../passkeys/passkey-refused.error.js';
import { presentPasskeys } from '../../passkeys/passkey-signals.js';
import { PASSKEY, type Passkey } from '../../passkeys/passkey.js';
import { PasskeysService } from '../../passkeys/passkeys.service.js';
import { offersPasskeys, relyingPartyOf } from '../../passkeys/relying-party.js';
import { writeSessionCookie } from '../../sessions/browser-cookies.js';
import { SecondFactorProofs, SessionChangedError } from '../../sessions/second-factor-proofs.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ListedPasskey, PasskeyRefusal } from '../account-content.js';
import { FRESH_SECONDS } from '../account-access.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { passkeyNaming } from './passkey-names.js';
import { PASSKEY_NAME_LENGTH } from '../views/account-passkeys.view.js';

const ADDRESS = '/account/passkeys';
const PURPOSE = 'account/passkeys';
/** Adding and removing are for somebody who has just proved who they are. */
const FRESH = { address: ADDRESS, maxAgeSeconds: FRESH_SECONDS } as const;

/** A person's own passkeys: the list, and what can be done with them. */
@Injectable()
export class PasskeysFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly passkeys: PasskeysService,
    private readonly proofs: SecondFactorProofs,
    private readonly factors: FactorRegistry,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, refusal?: PasskeyRefusal): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const passkeys = await this.passkeys.list(tenant, session.user.id);
    const form = this.pages.form(request, tenant, { path: ADDRESS, purpose: PURPOSE });
    this.pages.send(
      response,
      {
        page: 'account-passkeys',
        ...this.frames.frame(request, tenant, session, ADDRESS),
        passkeys: passkeys.map((passkey) => this.listed(request, tenant, passkey)),
        ...(offersPasskeys(tenant) && { add: { ...form, optionsPath: pathOf(tenant, `${ADDRESS}/options`) } }),
        ...(refusal && { notice: refusal }),
        signals: presentPasskeys(tenant, session.user, passkeys),
        scriptPath: PASSKEY_SCRIPT_PATH,
      },
      { script: 'fetches' },
      refusal === undefined ? 200 : 400,
    );
  }

  async options(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, FRESH);
    if (!session) return;
    await sendOptions(response, () => this.passkeys.registrationOptions(tenant, registrant(request, session)));
  }

  /** The challenge was given to somebody who had just proved who they are, so the time since does not count. */
  async add(request: PageRequest, response: Response, tenant: Tenant, answer: string | undefined): Promise<void> {
    const entry = answer === undefined ? FRESH : ({ address: ADDRESS } as const);
    const session = await this.frames.enter(request, response, tenant, entry);
    if (!session) return;
    const { locale } = this.pages.context(request, tenant);
    const nameOf = await passkeyNaming(request, locale);
    const { origin, sessionSecret: secret = '', next, isRepeated } = browserOf(request);
    if (isRepeated) return redirect(response, pathOf(tenant, `${ADDRESS}?passkey_added`));
    const held = { session, secret, next };
    const given = { answer, nameOf, origin, locale };
    try {
      // Whoever has just made a passkey has proven it as well, and is not asked for it at once.
      const strengthened = await this.passkeys.register(
        tenant,
        registrant(request, session),
        given,
        (transaction, { amr }) => {
          const proof = { factor: PASSKEY, amr, at: Date.now() / 1000 };
          return this.proofs.strengthen(tenant, held, proof, origin, transaction);
        },
      );
      response.appendHeader('Set-Cookie', writeSessionCookie(tenant, { secret: strengthened.secret, session }));
    } catch (error) {
      // Another form of this browser was faster. The page that follows has the new cookie.
      if (error instanceof SessionChangedError) return redirect(response, pathOf(tenant, ADDRESS));
      if (!(error instanceof PasskeyRefusedError)) throw error;
      return this.show(request, response, tenant, error.fault === 'unknown' ? 'refused' : error.fault);
    }
    redirect(response, pathOf(tenant, `${ADDRESS}?passkey_added`));
  }

  async rename(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const name = params.find('name')?.trim() ?? '';
    if (name === '' || name.length > PASSKEY_NAME_LENGTH || !isVisibleLine(name)) {
      return this.show(request, response, tenant, 'bad_name');
    }
    const change = { userId: session.user.id, id: params.get('passkey'), name };
    // Said also when nothing had to be changed: the form may have been sent twice.
    await this.passkeys.rename(tenant, change, browserOf(request).origin);
    redirect(response, pathOf(tenant, `${ADDRESS}?passkey_renamed`));
  }

  /** The page that follows tells the browser which ones are left. */
  async remove(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, FRESH);
    if (!session) return;
    const { user } = session;
    const present = await this.passkeys.list(tenant, user.id);
    const passkey = present.find((each) => each.id === id);
    if (passkey && present.length === 1 && this.factors.isLast(tenant, user, PASSKEY)) {
      return this.show(request, response, tenant, 'last_factor');
    }
    const { origin } = browserOf(request);
    const { locale } = this.pages.context(request, tenant);
    // Said also when it was removed before: the form may have been sent twice.
    if (passkey) await this.passkeys.remove(tenant, { user, passkey }, { ...origin, locale });
    redirect(response, pathOf(tenant, `${ADDRESS}?passkey_removed`));
  }

  private listed(request: PageRequest, tenant: Tenant, passkey: Passkey): ListedPasskey {
    const { id, name, createdAt, lastUsedAt, backedUp, rpId } = passkey;
    const form = (path: string) =>
      this.pages.form(request, tenant, { path: `${ADDRESS}/${path}`, purpose: PURPOSE, hidden: { passkey: id } });
    return {
      id,
      name,
      createdAt,
      ...(lastUsedAt && { lastUsedAt }),
      isSynced: backedUp,
      ...(rpId !== relyingPartyOf(tenant)?.id && { elsewhere: rpId }),
      rename: form('rename'),
      remove: form('remove'),
    };
  }
}

function registrant(request: PageRequest, { user }: Session) {
  return { user, browser: browserOf(request) };
}

/** What a script asked for, as JSON; 409 where passkeys are not used, or not more of them. */
export async function sendOptions(response: Response, find: () => Promise<object>): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  try {
    response.status(200).json(await find());
  } catch (error) {
    if (!(error instanceof PasskeyRefusedError)) throw error;
    response.status(409).json({ error: error.fault });
  }
}
