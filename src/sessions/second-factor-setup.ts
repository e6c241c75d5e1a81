import { Injectable } from '@nestjs/common';
import { type FactorChangeOrigin, FactorChanges, type FactorOwner } from '../authentication/factor-changes.js';
import { FactorRegistry } from '../authentication/factor.registry.js';
import { totpContext } from '../authentication/factors/totp.factor.js';
import { decodeBase64url } from '../crypto/base64url.js';
import { Database } from '../database/database.js';
import { RecoveryCodes } from '../factors/recovery-codes.js';
import { findTotpStep, newTotpSecret, totpUri } from '../factors/totp.js';
import { RECOVERY_CODE, TOTP, UserFactorsRepository } from '../factors/user-factors.repository.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';
import { FormRepeats } from './form-repeats.js';
import type { HeldSession } from './held-session.js';
import { SecondFactorProofs } from './second-factor-proofs.js';
import type { Session } from './session.js';

/** An authenticator app that is being set up. Nothing of it is stored before a code of it was typed. */
export interface TotpOffer {
  readonly secret: string;
  /** What a QR code of it says. */
  readonly uri: string;
  /** The secret, sealed for this session: the form brings it back. */
  readonly sealed: string;
}

export type TotpConfirmation =
  | { readonly kind: 'wrong' }
  /** Another form was faster, or the app was set up before. */
  | { readonly kind: 'present' }
  | { readonly kind: 'done'; readonly held: HeldSession; readonly recoveryCodes: readonly string[] };

/** People set up an authenticator app, and make recovery codes. */
@Injectable()
export class SecondFactorSetup {
  constructor(
    private readonly database: Database,
    private readonly repository: UserFactorsRepository,
    private readonly factors: FactorRegistry,
    private readonly changes: FactorChanges,
    private readonly codes: RecoveryCodes,
    private readonly vault: TenantVault,
    private readonly proofs: SecondFactorProofs,
    private readonly repeats: FormRepeats,
  ) {}

  /** @param sealed of a form that came back, whose secret the app has by now */
  async offerTotp(tenant: Tenant, session: Session, sealed?: string): Promise<TotpOffer> {
    const known = sealed === undefined ? undefined : await this.openOffer(tenant, session, sealed);
    const secret = known ?? (await newTotpSecret());
    const kept = known === undefined ? undefined : sealed;
    return {
      secret,
      uri: await totpUri(secret, tenant.displayName, session.user.username),
      sealed:
        kept ?? (await this.vault.seal(tenant.id, Buffer.from(secret), offerContext(session))).toString('base64url'),
    };
  }

  /**
   * A code of the app proves that it has the secret, and is a proof of the factor as well.
   * @throws SessionChangedError
   */
  async confirmTotp(
    tenant: Tenant,
    held: HeldSession,
    form: { readonly sealed: string; readonly code: string },
    origin: FactorChangeOrigin,
  ): Promise<TotpConfirmation> {
    const { session } = held;
    const { user } = session;
    const repeated = await this.repeats.find(tenant, held.next);
    if (repeated) return this.repeatTotp(tenant, repeated);
    const secret = await this.openOffer(tenant, session, form.sealed);
    const step = secret === undefined ? undefined : await findTotpStep(secret, form.code);
    if (secret === undefined || step === undefined) return { kind: 'wrong' };
    const stored = await this.vault.seal(tenant.id, Buffer.from(secret), totpContext(user.id));
    const { codes, digests } = await this.codes.make(tenant.id, user.id, held.next?.secret);
    const totp = this.factors.getSecond(TOTP);
    const proof = { factor: totp.name, amr: totp.amr, at: Date.now() / 1000 };
    const done = await this.database.transaction(tenant.id, async (transaction): Promise<TotpConfirmation> => {
      if (!(await this.repository.createTotp(tenant.id, user.id, { secret: stored, step }, transaction))) {
        return { kind: 'present' };
      }
      await this.repository.replaceRecoveryCodes(tenant.id, user.id, digests, transaction);
      const strengthened = await this.proofs.strengthen(tenant, held, proof, origin, transaction);
      const secondFactors = [...new Set([...user.secondFactors, TOTP, RECOVERY_CODE])];
      const proven = { ...strengthened.session, user: { ...user, secondFactors } };
      await this.changes.add(tenant, totp, { user, sessionId: session.id, origin }, transaction);
      return { kind: 'done', held: { ...strengthened, session: proven }, recoveryCodes: codes };
    });
    // The same form may have been faster.
    const first = done.kind === 'present' ? await this.repeats.find(tenant, held.next) : undefined;
    return first ? this.repeatTotp(tenant, first) : done;
  }

  /** The answer to a form that was sent before, and set up the app then: the same codes. */
  async repeatTotp(tenant: Tenant, held: HeldSession): Promise<TotpConfirmation> {
    const { codes } = await this.codes.make(tenant.id, held.session.user.id, held.next?.secret);
    return { kind: 'done', held, recoveryCodes: codes };
  }

  /** New recovery codes; those of before do not work any more. */
  async renewRecoveryCodes(tenant: Tenant, owner: FactorOwner): Promise<readonly string[]> {
    const { codes, digests } = await this.codes.make(tenant.id, owner.user.id);
    await this.changes.renewCodes(tenant, RECOVERY_CODE, digests, owner);
    return codes;
  }

  private async openOffer(tenant: Tenant, session: Session, sealed: string): Promise<string | undefined> {
    try {
      const bytes = decodeBase64url(sealed);
      return bytes && (await this.vault.open(tenant.id, bytes, offerContext(session))).toString();
    } catch {
      // Another person's form, or not one of ours.
      return undefined;
    }
  }
}

function offerContext({ id, user }: Session): string {
  return `totp offer:${id}:${user.id}`;
}
