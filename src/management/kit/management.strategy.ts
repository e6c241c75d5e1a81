import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { decodeJwt } from 'jose';
import { randomUUID } from 'node:crypto';
import passport from 'passport';
import type { Transaction } from '../../database/statement.js';
import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import { readBearerToken } from '../../protocol/bearer-token.js';
import { InvalidTokenError } from '../../oauth/oauth-error.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import { managementPermissionsOf } from '../../resources/management-permissions.js';
import type { SetupAct } from '../../setup-links/setup-link.js';
import { SetupLinks } from '../../setup-links/setup-links.service.js';
import { operationsOf, scopeOf } from '../../setup-links/setup-purposes.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import { TenantResolver } from '../../tenants/tenant-resolver.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import { TokenVerifier } from '../../tokens/token.verifier.js';
import { type CarriedAccess, findCarriedAccess } from './carried-access.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';

type Done = (error: unknown, principal?: Principal) => void;

/** Calls `validate` of the strategy below. Passport only provides the interface to Nest. */
class BearerStrategy extends passport.Strategy {
  /** Passport has one list of strategies for the whole process, which may hold several applications. */
  override readonly name = `management ${randomUUID()}`;

  constructor(private readonly verify: (request: TenantRequest, done: Done) => void) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(request as TenantRequest, (error, principal) => {
      if (error || !principal) this.error(error);
      else this.success(principal);
    });
  }
}

/** Access tokens for the management API: issued by any tenant for this audience, RFC 6750 and RFC 9068 §4. */
@Injectable()
export class ManagementStrategy extends PassportStrategy(BearerStrategy) implements OnApplicationShutdown {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly resolver: TenantResolver,
    private readonly addresses: TenantAddresses,
    private readonly apis: ApiDirectory,
    private readonly setupLinks: SetupLinks,
  ) {
    super();
  }

  onApplicationShutdown(): void {
    passport.unuse(this.name);
  }

  /** @throws OAuthError when there is no token, or not one for this API */
  async validate(request: TenantRequest): Promise<Principal> {
    const carried = findCarriedAccess(request);
    if (carried) return this.principalOf(carried);
    const accessToken = readBearerToken(request.headers.authorization);
    const address = this.addresses.parse(claimedIssuer(accessToken));
    const tenant = address && (await this.resolver.find(address));
    const token = tenant && (await this.verifier.findActive(tenant, accessToken));
    if (!token || !token.audience.includes(this.apis.managementIdentifier)) throw this.invalid();
    const { client, user } = token;
    // Neither a scope that the client lost counts nor one that the roles of the user do not allow any more. The verifier
    // left them out; but a token for several audiences may have the same name at another one.
    const ofClient: readonly string[] = managementPermissionsOf(client);
    const ofUser: readonly string[] = user?.managementPermissions ?? ofClient;
    const scope = token.scope.filter((name) => ofClient.includes(name) && ofUser.includes(name));
    return { tenant, client, user, scope, isOperator: tenant.slug === SYSTEM_TENANT_SLUG };
  }

  /** The rights of a link are those of its purposes; its maker, who may be an operator, gives it nothing else. */
  private principalOf({ tenant, link }: CarriedAccess): Principal {
    const { id, purposes, madeBy } = link;
    const setupLink = {
      id,
      madeBy,
      purposes,
      operations: operationsOf(purposes),
      hold: async (transaction: Transaction) => {
        if (await this.setupLinks.hold(tenant.id, id, transaction)) return;
        throw new Problem('permission-denied', 'The setup link has ended.');
      },
      note: (act: SetupAct, transaction: Transaction) => this.setupLinks.note(tenant.id, id, act, transaction),
    };
    return { tenant, client: undefined, user: undefined, scope: scopeOf(purposes), isOperator: false, setupLink };
  }

  private invalid(): InvalidTokenError {
    const { managementIdentifier } = this.apis;
    return new InvalidTokenError(`The access token is not valid (any more), or not for ${managementIdentifier}.`);
  }
}

/** The unverified issuer of the token. It is used only to find the keys to verify with. */
function claimedIssuer(token: string): string {
  try {
    // Nothing is verified yet, so the claim may be of any kind.
    const { iss }: { iss?: unknown } = decodeJwt(token);
    return typeof iss === 'string' ? iss : '';
  } catch {
    return ''; // not a JWT, so no token of this API: refused like any other
  }
}
