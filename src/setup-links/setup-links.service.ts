import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { Mailer } from '../mail/mailer.js';
import { findLocale } from '../language/messages.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import type { NewSetupLink, SetupAct, SetupLink, SetupLinkStatus } from './setup-link.js';
import { type StandingMaker, SetupMakers } from './setup-makers.js';
import { SetupLinksRepository } from './setup-links.repository.js';
import { missingScope } from './setup-purposes.js';

/** As `randomSecret` makes them. */
const TOKEN = /^[\w-]{43}$/;

/** There are as many links as a tenant can have at once. */
export class TooManySetupLinksError extends Error {}

/** A link that was made. Its token is told once, and not stored. */
export interface MadeSetupLink {
  readonly link: SetupLink;
  readonly token: string;
}

/** Setup links: with one somebody without an account does certain things at a tenant, for whoever made it. */
@Injectable()
export class SetupLinks {
  constructor(
    private readonly database: Database,
    private readonly repository: SetupLinksRepository,
    private readonly makers: SetupMakers,
    private readonly mailer: Mailer,
  ) {}

  find(tenantId: TenantId, id: string): Promise<SetupLink | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(
    tenantId: TenantId,
    page: {
      readonly after: string | undefined;
      readonly status: SetupLinkStatus | undefined;
      readonly limit: number;
    },
  ): Promise<SetupLink[]> {
    return this.repository.list(tenantId, page);
  }

  /** With an address, it is mailed there. @throws TooManySetupLinksError, MailLimitError, UnusableAddressError */
  create(
    tenant: Tenant,
    link: NewSetupLink & { readonly makerName: string },
    companion: Companion<MadeSetupLink>,
  ): Promise<MadeSetupLink | undefined> {
    const token = randomSecret();
    return unitOfWork(this.database, tenant.id, this.mailing(tenant, link, companion), async (_, transaction) => {
      const stored = { ...link, digest: digest(token) };
      const made = await this.repository.create(tenant.id, uuidv7(), stored, transaction);
      if (!made) throw new TooManySetupLinksError();
      return { link: made, token };
    });
  }

  /** @returns undefined when it has ended before */
  revoke(tenantId: TenantId, id: string, by: string, companion: Companion<SetupLink>): Promise<SetupLink | undefined> {
    return unitOfWork(this.database, tenantId, companion, (_, transaction) =>
      this.repository.revoke(tenantId, id, by, transaction),
    );
  }

  /** By the token of its address, whatever became of it. It changes nothing: mail scanners follow links. */
  async findByToken(tenant: Tenant, token: string): Promise<SetupLink | undefined> {
    return TOKEN.test(token) ? this.repository.findByDigest(tenant.id, digest(token)) : undefined;
  }

  /** Who made it, while they may do all that it is for. */
  async findMaker(tenant: Tenant, link: SetupLink): Promise<StandingMaker | undefined> {
    if (link.purposes.length === 0) return undefined;
    const maker = await this.makers.find(tenant, link);
    return maker && !missingScope(link.purposes, maker.permissions) ? maker : undefined;
  }

  /** In a transaction that it allows: it cannot end before the commit. @returns false when it has ended */
  hold(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return this.repository.hold(tenantId, id, transaction);
  }

  /** Keeps what was done with it, in the transaction that did it. */
  note(tenantId: TenantId, id: string, act: SetupAct, transaction: Transaction): Promise<void> {
    return this.repository.note(tenantId, id, act, transaction);
  }

  /** The mail is the last of the transaction, because it locks a counter. */
  private mailing(
    tenant: Tenant,
    { makerName }: { readonly makerName: string },
    companion: Companion<MadeSetupLink>,
  ): Companion<MadeSetupLink> {
    return {
      begin: (transaction) => companion.begin(transaction),
      finish: async (transaction, made) => {
        await companion.finish(transaction, made);
        await this.mail(tenant, made, makerName, transaction);
      },
    };
  }

  private async mail(
    tenant: Tenant,
    { link, token }: MadeSetupLink,
    maker: string,
    transaction: Transaction,
  ): Promise<void> {
    const { email, locale, purposes, expiresAt, createdAt } = link;
    if (email === null) return;
    const [first = '', ...others] = purposes;
    await this.mailer.send(
      tenant,
      {
        template: 'setup_link',
        to: email,
        locale: findLocale(locale ?? undefined) ?? mailLocale(tenant, undefined),
        values: { maker, purpose: others.length === 0 ? first : 'several', until: expiresAt },
        link: setupAddress(token),
        usefulForSeconds: Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000),
      },
      transaction,
    );
  }
}

/** The address that is sent: a path below the issuer of the tenant. */
export function setupAddress(token: string): string {
  return `/setup-link?${new URLSearchParams({ token }).toString()}`;
}
