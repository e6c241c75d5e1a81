import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { totpContext } from '../authentication/factors/totp.factor.js';
import type { SignInOrigin } from '../authentication/authentication.service.js';
import { decodeBase64url } from '../crypto/base64url.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { RecoveryCodes } from '../factors/recovery-codes.js';
import { RememberedDevicesRepository } from '../factors/remembered-devices.repository.js';
import { findTotpStep, newTotpSecret, totpUri } from '../factors/totp.js';
import { RECOVERY_CODE, TOTP, UserFactorsRepository } from '../factors/user-factors.repository.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Locale } from '../language/messages.js';
import { SecurityNotices } from '../notices/security-notices.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { type HeldSession, SecondFactorProofs } from './second-factor-proofs.js';
import type { Session } from './session.js';

/** Where a change of the factors came from. */
export interface FactorChangeOrigin extends SignInOrigin {
  /** Of the page. */
  readonly locale: Locale;
}

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

/** People set up and remove their own second factors. They are told of each change by mail. */
@Injectable()
export class SecondFactorSetup {
  constructor(
    private readonly database: Database,
    private readonly repository: UserFactorsRepository,
    private readonly devices: RememberedDevicesRepository,
    private readonly codes: RecoveryCodes,
    private readonly vault: TenantVault,
    private readonly proofs: SecondFactorProofs,
    private readonly audit: AuditRecorder,
    private readonly notices: SecurityNotices,
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
    const secret = await this.openOffer(tenant, session, form.sealed);
    const step = secret === undefined ? undefined : await findTotpStep(secret, form.code);
    if (secret === undefined || step === undefined) return { kind: 'wrong' };
    const stored = await this.vault.seal(tenant.id, Buffer.from(secret), totpContext(user.id));
    const { codes, digests } = await this.codes.make(tenant.id, user.id);
    const proof = { factor: TOTP, amr: ['otp'], at: Date.now() / 1000 };
    return this.database.transaction(tenant.id, async (transaction): Promise<TotpConfirmation> => {
      if (!(await this.repository.createTotp(tenant.id, user.id, { secret: stored, step }, transaction))) {
        return { kind: 'present' };
      }
      await this.repository.replaceRecoveryCodes(tenant.id, user.id, digests, transaction);
      await this.record(tenant, session, 'user.second_factor_added', TOTP, origin, transaction);
      const strengthened = await this.proofs.strengthen(tenant, held, proof, origin, transaction);
      const secondFactors = [...new Set([...user.secondFactors, TOTP, RECOVERY_CODE])];
      const proven = { ...strengthened.session, user: { ...user, secondFactors } };
      await this.tell(tenant, user, 'totp_added', origin, transaction);
      return { kind: 'done', held: { ...strengthened, session: proven }, recoveryCodes: codes };
    });
  }

  /** New recovery codes; those of before do not work any more. */
  async renewRecoveryCodes(tenant: Tenant, session: Session, origin: FactorChangeOrigin): Promise<readonly string[]> {
    const { codes, digests } = await this.codes.make(tenant.id, session.user.id);
    await this.database.transaction(tenant.id, async (transaction) => {
      await this.repository.replaceRecoveryCodes(tenant.id, session.user.id, digests, transaction);
      await this.record(tenant, session, 'user.recovery_codes_made', RECOVERY_CODE, origin, transaction);
      await this.tell(tenant, session.user, 'recovery_codes_made', origin, transaction);
    });
    return codes;
  }

  /** @returns false when the person has no app (any more) */
  async removeTotp(tenant: Tenant, session: Session, origin: FactorChangeOrigin): Promise<boolean> {
    return this.database.transaction(tenant.id, async (transaction) => {
      if (!(await this.repository.remove(tenant.id, session.user.id, TOTP, transaction))) return false;
      await this.record(tenant, session, 'user.second_factor_removed', TOTP, origin, transaction);
      await this.tell(tenant, session.user, 'totp_removed', origin, transaction);
      return true;
    });
  }

  /** Every browser is asked for the second factor again. */
  async forgetDevices(tenant: Tenant, session: Session, origin: SignInOrigin): Promise<void> {
    await this.database.transaction(tenant.id, async (transaction) => {
      await this.devices.forget(tenant.id, session.user.id, transaction);
      await this.record(tenant, session, 'user.second_factor_removed', 'remembered_devices', origin, transaction);
    });
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

  private tell(
    tenant: Tenant,
    user: User,
    name: 'totp_added' | 'totp_removed' | 'recovery_codes_made',
    { locale, ...origin }: FactorChangeOrigin,
    transaction: Transaction,
  ): Promise<void> {
    return this.notices.send(tenant, { name, user, origin, locale, values: {} }, transaction);
  }

  private record(
    tenant: Tenant,
    { user, id }: Session,
    type: 'user.second_factor_added' | 'user.second_factor_removed' | 'user.recovery_codes_made',
    factor: string,
    origin: SignInOrigin,
    transaction: Transaction,
  ): Promise<void> {
    return this.audit.recordWith(transaction, {
      tenantId: tenant.id,
      type,
      outcome: 'success',
      userId: user.id,
      clientId: origin.clientId,
      origin,
      details: { factor, session: id },
    });
  }
}

function offerContext({ id, user }: Session): string {
  return `totp offer:${id}:${user.id}`;
}
