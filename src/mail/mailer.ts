import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config } from '../config/config.js';
import { hmacSha256 } from '../crypto/digest.js';
import type { Transaction } from '../database/statement.js';
import { type TenantCipher, TenantVault } from '../keys/tenant-vault.js';
import { networkOf } from '../limits/network.js';
import { DefaultQuotas } from '../limits/default-quotas.js';
import { effectiveQuota } from '../limits/tenant-quotas.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Mail } from './mail.js';
import { type MailAddress, mailboxOf, maskedAddress, parseMailAddress } from './mail-address.js';
import { sealContent } from './mail-content.js';
import { MailLimitError, MailUnavailableError, UnusableAddressError } from './mail-errors.js';
import { findMailTemplate } from './mail-templates.js';
import { type MailRefusal, MailsRepository, type NewMail } from './mails.repository.js';

/**
 * A transaction locks the counter of the tenant until its commit. A large allowance is divided, so that people who are
 * mailed at the same time seldom wait for each other.
 */
const MOST_PARTS = 16;
const LEAST_OF_PART = 250;

/** Writes mail into the outbox. `MailDelivery` delivers it. */
@Injectable()
export class Mailer {
  constructor(
    private readonly vault: TenantVault,
    private readonly repository: MailsRepository,
    private readonly refusals: RefusalRecorder,
    private readonly defaults: DefaultQuotas,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether mail can be sent, or shown in development. What needs mail is off where it cannot. */
  get isAvailable(): boolean {
    return this.config.smtp !== undefined || !this.config.production;
  }

  /**
   * Writes the mail into the outbox, in the caller's transaction. It is delivered after the commit. The statement locks
   * a counter of the tenant, so it should be the last of the transaction. The transaction must be one that may wait
   * between its statements, and not a pipeline.
   * @throws MailLimitError or UnusableAddressError, unless the mail says `whenRefused: 'drop'`
   * @throws MailUnavailableError in production without an SMTP server
   */
  async send(tenant: Tenant, mail: Mail, transaction: Transaction): Promise<void> {
    await this.sendTraceably(tenant, mail, transaction);
  }

  /** The same. @returns the id of the mail, which does not exist when it was dropped */
  async sendTraceably(tenant: Tenant, mail: Mail, transaction: Transaction): Promise<string> {
    if (!this.isAvailable) throw new MailUnavailableError();
    const id = uuidv7();
    const to = parseMailAddress(mail.to);
    const refusal = to ? await this.store(tenant, { id, mail, to }, transaction) : 'address';
    if (refusal === undefined || refusal === 'user') return id;
    this.refusals.record({
      tenantId: tenant.id,
      type: refusal === 'address' ? 'mail.failed' : 'mail.limited',
      outcome: 'failure',
      userId: mail.userId,
      origin: mail.origin,
      details: { template: mail.template, reason: refusal === 'address' ? 'unusable_address' : `limit_of_${refusal}` },
    });
    if (mail.whenRefused === 'drop') return id;
    if (refusal === 'address') throw new UnusableAddressError('No mail can be sent to this address.');
    throw new MailLimitError('Too many mails were asked for. Try again later.', { retryAfterSeconds: 600 });
  }

  /** What the tenant decided, and no more than the operator lets it have. */
  private hourlyLimit(tenant: Tenant): number {
    const most = effectiveQuota(tenant, this.defaults.current, 'mailsPerHour') ?? Infinity;
    return Math.min(tenant.policy.mailTenantHourlyLimit, most);
  }

  private async store(
    tenant: Tenant,
    { id, mail, to }: { readonly id: string; readonly mail: Mail; readonly to: MailAddress },
    transaction: Transaction,
  ): Promise<MailRefusal | undefined> {
    const cipher = await this.vault.within(tenant.id, transaction);
    const { template, locale, userId, values, code, usefulForSeconds } = mail;
    const content = { to, values, code, link: mail.link === undefined ? undefined : linkTo(tenant, mail.link) };
    return this.repository.create(
      tenant.id,
      {
        id,
        template,
        locale,
        userId,
        recipient: maskedAddress(to),
        content: sealContent(cipher, id, content),
        state: this.config.smtp === undefined ? 'kept' : 'queued',
        usefulForSeconds,
        limits: limitsOf(tenant, mail, { to, cipher, hourlyLimit: this.hourlyLimit(tenant) }),
      },
      transaction,
    );
  }
}

/**
 * Notices have a counter of their own for each recipient, and none for the network that caused them: whoever takes over
 * an account must not be able to use up what its owner would be warned with.
 */
function limitsOf(
  { policy }: Tenant,
  mail: Mail,
  {
    to,
    cipher,
    hourlyLimit,
  }: { readonly to: MailAddress; readonly cipher: TenantCipher; readonly hourlyLimit: number },
): NewMail['limits'] {
  const key = cipher.deriveKey('mail limits');
  const isNotice = findMailTemplate(mail.template)?.isNotice ?? false;
  const network = isNotice || !mail.origin ? undefined : networkOf(mail.origin.address);
  const parts = Math.min(Math.max(Math.floor(hourlyLimit / LEAST_OF_PART), 1), MOST_PARTS);
  // All mails of one transaction are about one person, so that it does not lock several parts.
  const part = hmacSha256(key, 'part', mail.userId ?? mailboxOf(to)).readUInt32BE() % parts;
  return {
    tenant: { bucket: hmacSha256(key, 'tenant', String(part)), perHour: hourlyLimit / parts },
    network:
      network === undefined
        ? undefined
        : {
            bucket: hmacSha256(key, 'network', network),
            perHour: policy.mailNetworkHourlyLimit,
          },
    recipient: {
      bucket: hmacSha256(key, isNotice ? 'notices' : 'recipient', mailboxOf(to)),
      perHour: policy.mailRecipientHourlyLimit,
    },
  };
}

/**
 * The link at the address of the tenant that the request came to. That address is stored data and configuration, never
 * the Host header. @throws Error when the path leads elsewhere
 */
function linkTo({ issuer }: Tenant, path: string): string {
  const { href } = new URL(issuer + path);
  if (!/^\/(?!\/)/.test(path) || !href.startsWith(`${issuer}/`)) {
    throw new Error('The link of a mail must be a path below the issuer.');
  }
  return href;
}
