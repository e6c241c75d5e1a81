import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { digest, equalInConstantTime, hmacSha256 } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { isUuid } from '../crypto/uuid.js';
import type { Transaction } from '../database/statement.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import type { AskingBrowser, Challenge, NewVerification, Purpose, Turn, Verification } from './verification.js';
import { newCode, readCode } from './verification-code.js';
import { type StoredVerification, VerificationsRepository, type Withdrawn } from './verifications.repository.js';

/**
 * Proof that a person reads the mail of an address, by a link or a code. The link works on any device; the code works in
 * the browser that asked, because it is short. Mail scanners follow links, so a GET only looks (`findLink`), and a POST
 * redeems.
 */
@Injectable()
export class Verifications {
  constructor(
    private readonly repository: VerificationsRepository,
    private readonly vault: TenantVault,
  ) {}

  /** Reads the tenant's data key, where it is not cached. It saves the transaction that begins one a statement. */
  async prepare(tenant: Tenant): Promise<void> {
    await this.vault.deriveKey(tenant.id, CODES);
  }

  /** Begins one. The mail with the link and the code is written in the same transaction by the caller. */
  async begin(tenant: Tenant, asked: NewVerification, transaction: Transaction): Promise<Challenge> {
    const { purpose, address, userId, requestId, browser, data, lifetimeSeconds } = asked;
    const challenge = { id: randomUUID(), link: randomSecret(), code: newCode() };
    const cipher = await this.vault.within(tenant.id, transaction);
    const row = {
      ...{ id: challenge.id, purpose, address, userId, requestId, lifetimeSeconds },
      addressKey: normalizeIdentifier(address),
      linkDigest: digest(challenge.link),
      codeDigest: digestOf(cipher.deriveKey(CODES), challenge),
      browserDigest: browser && digest(browser.secret),
      data: data && cipher.seal(Buffer.from(JSON.stringify(data)), contextOf(challenge.id)),
    };
    await this.repository.create(tenant.id, row, transaction);
    return challenge;
  }

  /** What a link is for, and whether it still works. It changes nothing. */
  async findLink(tenant: Tenant, purpose: Purpose, token: string): Promise<Verification | undefined> {
    const found = await this.repository.findByLink(tenant.id, purpose, digest(token));
    return found && this.read(tenant, found);
  }

  /** The same, undefined when it does not work any more. */
  async peekLink(tenant: Tenant, purpose: Purpose, token: string): Promise<Verification | undefined> {
    const found = await this.findLink(tenant, purpose, token);
    return found?.state === 'live' ? found : undefined;
  }

  /** What this browser asked for. It changes nothing. */
  async findOwn(
    tenant: Tenant,
    purpose: Purpose,
    id: string,
    browser: AskingBrowser,
  ): Promise<Verification | undefined> {
    if (!isUuid(id)) return undefined;
    const found = await this.repository.find(tenant.id, purpose, id, digestsOf(browser));
    return found && this.read(tenant, found);
  }

  /**
   * Compares a typed code. The guess is counted, and that is committed, before it is compared; so nothing that the caller
   * does afterwards gives it back. The caller redeems what it gets with `redeem`, in the transaction of what it is for.
   * @returns `wrong`: another guess may be left. `spent`: there is none, or it expired, was redeemed, belongs to another
   * browser or tenant, or never was
   */
  async checkCode(
    tenant: Tenant,
    purpose: Purpose,
    id: string,
    typed: string,
    browser: AskingBrowser,
  ): Promise<Verification | 'wrong' | 'spent'> {
    if (!isUuid(id)) return 'spent';
    const code = readCode(typed);
    // A text that is no code is compared with nothing, so it is no guess.
    if (code === undefined) {
      return (await this.findOwn(tenant, purpose, id, browser))?.state === 'live' ? 'wrong' : 'spent';
    }
    const found = await this.repository.guess(tenant.id, purpose, id, digestsOf(browser));
    if (!found) return 'spent';
    const given = digestOf(await this.vault.deriveKey(tenant.id, CODES), { id, code });
    return equalInConstantTime(found.code_digest, given) ? this.read(tenant, found) : 'wrong';
  }

  /** Single use. @returns true for one caller only; whoever gets false undoes the transaction and does nothing */
  redeem(tenant: Tenant, { purpose, id }: Pick<Verification, 'purpose' | 'id'>, transaction: Transaction) {
    return this.repository.redeem(tenant.id, purpose, id, transaction);
  }

  /** `findLink` and `redeem` in one. @returns undefined when it does not work, or not any more */
  async redeemLink(
    tenant: Tenant,
    purpose: Purpose,
    token: string,
    transaction: Transaction,
  ): Promise<Verification | undefined> {
    const row = await this.repository.findByLink(tenant.id, purpose, digest(token), transaction);
    const isFirst = row?.state === 'live' && (await this.redeem(tenant, row, transaction));
    if (!row || !isFirst) return undefined;
    const cipher = await this.vault.within(tenant.id, transaction);
    return toVerification(row, row.data && cipher.open(row.data, contextOf(row.id)));
  }

  /**
   * Says which account came of it, in the transaction that redeems it.
   * @returns when that was: Unix time in seconds with fractions
   */
  nameUser(tenant: Tenant, { id }: Pick<Verification, 'id'>, userId: string, transaction: Transaction) {
    return this.repository.nameUser(tenant.id, id, userId, transaction);
  }

  /**
   * The browser that asked goes on, after the verification was redeemed there or elsewhere. Once: afterwards it is
   * nobody's.
   */
  async takeTurn(
    tenant: Tenant,
    purpose: Purpose,
    id: string,
    browser: AskingBrowser,
    transaction: Transaction,
  ): Promise<Turn | undefined> {
    if (!isUuid(id)) return undefined;
    const row = await this.repository.takeTurn(tenant.id, purpose, id, digestsOf(browser), transaction);
    return (
      row && {
        userId: row.user_id ?? undefined,
        requestId: row.request_id ?? undefined,
        redeemedAt: row.redeemed_at,
      }
    );
  }

  /** Ends one, or all of a user: their links and codes do not work any more. */
  async withdraw(
    tenant: Tenant,
    purpose: Purpose | readonly Purpose[],
    of: Withdrawn,
    transaction: Transaction,
  ): Promise<void> {
    await this.repository.withdraw(tenant.id, [purpose].flat(), of, transaction);
  }

  private async read({ id }: Tenant, row: StoredVerification): Promise<Verification> {
    return toVerification(row, row.data && (await this.vault.open(id, row.data, contextOf(row.id))));
  }
}

/** Purpose of the key under which codes are digested. */
const CODES = 'verification codes';

/** Eight digits can be tried out against a plain digest. So it is keyed, and bound to its row. */
function digestOf(key: Buffer, { id, code }: Pick<Challenge, 'id' | 'code'>): Buffer {
  return hmacSha256(key, id, code);
}

function toVerification(row: StoredVerification, data: Buffer | null): Verification {
  return {
    id: row.id,
    purpose: row.purpose,
    address: row.address,
    userId: row.user_id ?? undefined,
    requestId: row.request_id ?? undefined,
    data: data ? (JSON.parse(data.toString()) as Record<string, unknown>) : {},
    expiresAt: row.expires_at,
    state: row.state,
  };
}

function contextOf(id: string): string {
  return `verification:${id}`;
}

function digestsOf({ secret, otherSecrets = [] }: AskingBrowser): Buffer[] {
  return [secret, ...otherSecrets].map(digest);
}
