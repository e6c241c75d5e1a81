import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';

/** A logout request that was checked: what the client asked for, and whose session it means. */
export interface LogoutTicket {
  readonly clientId: string | undefined;
  /** Registered for that client. */
  readonly redirectUri: string | undefined;
  readonly state: string | undefined;
  /** Of a genuine `id_token_hint`. */
  readonly subject: string | undefined;
  /** The client asked to go back to an address that is not registered for it: the person is asked, and stays here. */
  readonly isRefused?: boolean;
}

const LIFETIME_SECONDS = 600;
const AUDIENCE = 'tenantry:logout';

/**
 * Carries a checked logout request through the person's browser as a token signed with a key of the tenant that is used
 * for nothing else. Only this server reads it.
 */
@Injectable()
export class LogoutTickets {
  constructor(
    private readonly jwt: JwtService,
    private readonly vault: TenantVault,
  ) {}

  async issue(tenant: Tenant, ticket: LogoutTicket): Promise<string> {
    const secret = await this.secret(tenant);
    const claims = Object.fromEntries(Object.entries(ticket).filter(([, value]) => value !== undefined));
    const options = { secret, algorithm: 'HS256', audience: AUDIENCE, issuer: tenant.id } as const;
    return this.jwt.signAsync({ ticket: claims }, { ...options, expiresIn: LIFETIME_SECONDS });
  }

  /** Undefined when it is not a ticket of this tenant, or has expired. */
  async read(tenant: Tenant, value: string): Promise<LogoutTicket | undefined> {
    try {
      const { ticket } = await this.jwt.verifyAsync<{ ticket: Partial<LogoutTicket> }>(value, {
        secret: await this.secret(tenant),
        algorithms: ['HS256'],
        audience: AUDIENCE,
        issuer: tenant.id,
      });
      const { clientId, redirectUri, state, subject, isRefused = false } = ticket;
      return { clientId, redirectUri, state, subject, isRefused };
    } catch {
      return undefined; // the person is asked again, without the client's wishes
    }
  }

  private secret(tenant: Tenant): Promise<Buffer> {
    return this.vault.deriveKey(tenant.id, 'logout-ticket');
  }
}
