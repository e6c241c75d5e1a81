import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { equalInConstantTime } from '../../src/crypto/digest.js';
import type { GrantHandler, TokenRequest, TokenResponse } from '../../src/grants/grant-handler.js';
import { UserTokenIssuer } from '../../src/grants/user-token.issuer.js';
import { InvalidGrantError } from '../../src/oauth/oauth-error.js';
import { parseScope } from '../../src/oauth/scope.js';
import { AccessResolver } from '../../src/resources/access-resolver.js';
import { checkEligibility } from '../../src/tokens/eligibility.js';
import type { User } from '../../src/users/user.js';
import { UsersService } from '../../src/users/users.service.js';

export const TICKET_GRANT = 'urn:example:params:oauth:grant-type:ticket';

const TICKET_KEY = 'shared with the ticket office';

/** `<user id>.<signature>`, as an office outside the platform would sell it. */
export function sellTicket(userId: string): string {
  return `${userId}.${createHmac('sha256', TICKET_KEY).update(userId).digest('base64url')}`;
}

/** An extension grant, RFC 6749 §4.5: a client acts for the user whose ticket it holds. */
@Injectable()
export class TicketGrant implements GrantHandler {
  readonly grantType = TICKET_GRANT;

  constructor(
    private readonly users: UsersService,
    private readonly accessResolver: AccessResolver,
    private readonly tokens: UserTokenIssuer,
  ) {}

  async handle({ tenant, client, params }: TokenRequest): Promise<TokenResponse> {
    const user = await this.findHolder(tenant.id, params.get('ticket'));
    if (!user) throw new InvalidGrantError('The ticket is not valid.');
    const request = { scope: parseScope(params.find('scope')), resources: params.all('resource') };
    const access = await this.accessResolver.resolve(tenant, client, { ...request, whenUnscoped: 'nothing' });
    const signIn = { authTime: Date.now() / 1000, acr: '0', amr: ['ticket'], sessionId: undefined };
    const eligible = checkEligibility(tenant, client, user, access);
    return this.tokens.begin(eligible, { signIn, resources: request.resources });
  }

  private async findHolder(tenantId: TokenRequest['tenant']['id'], ticket: string): Promise<User | undefined> {
    const [userId = ''] = ticket.split('.');
    if (!equalInConstantTime(Buffer.from(ticket), Buffer.from(sellTicket(userId)))) return undefined;
    return this.users.find(tenantId, userId);
  }
}
