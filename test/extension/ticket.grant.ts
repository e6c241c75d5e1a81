import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { equalInConstantTime } from '../../src/crypto/digest.js';
import { checkEligibility } from '../../src/grants/eligibility.js';
import type { GrantHandler, TokenRequest, TokenResponse } from '../../src/grants/grant-handler.js';
import { GrantsRepository } from '../../src/grants/grants.repository.js';
import { TokenResponder } from '../../src/grants/token-response.js';
import { InvalidGrantError } from '../../src/oauth/oauth-error.js';
import { parseScope } from '../../src/oauth/scope.js';
import { AccessResolver } from '../../src/resources/access-resolver.js';
import { scopeOf } from '../../src/resources/access.js';
import { prepareAccessToken } from '../../src/tokens/access-token.js';
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
    private readonly grants: GrantsRepository,
    private readonly responder: TokenResponder,
  ) {}

  async handle({ tenant, client, params }: TokenRequest): Promise<TokenResponse> {
    const user = await this.findHolder(tenant.id, params.get('ticket'));
    if (!user) throw new InvalidGrantError('The ticket is not valid.');
    const request = { scope: parseScope(params.find('scope')), resources: params.all('resource') };
    const access = await this.accessResolver.resolve(tenant, client, { ...request, whenUnscoped: 'nothing' });
    checkEligibility(tenant, client, user, access);

    const authTime = Math.floor(Date.now() / 1000);
    const grant = { id: uuidv7(), authTime, acr: '0', amr: ['ticket'], sessionId: undefined };
    const { resources } = request;
    const prepared = prepareAccessToken(tenant, { client, subject: user.id, access, grant, resources });
    await this.grants.create(
      tenant.id,
      {
        ...grant,
        userId: user.id,
        clientId: client.clientId,
        scope: scopeOf(access),
        resources: access.apis.map(({ api }) => api.identifier),
        resourcesRequested: access.resourcesRequested,
        lifetimeSeconds: prepared.lifetimeSeconds,
      },
      { access: prepared.format === 'opaque' ? prepared.record : undefined },
    );
    return this.responder.respondToUser(tenant, { client, userId: user.id, grant, access, prepared });
  }

  private async findHolder(tenantId: TokenRequest['tenant']['id'], ticket: string): Promise<User | undefined> {
    const [userId = ''] = ticket.split('.');
    if (!equalInConstantTime(Buffer.from(ticket), Buffer.from(sellTicket(userId)))) return undefined;
    return this.users.find(tenantId, userId);
  }
}
