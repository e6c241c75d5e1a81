import { Injectable } from '@nestjs/common';
import { ClientDirectory } from '../../clients/client-directory.js';
import { CLIENT_ID, type Client } from '../../clients/client.js';
import { namesOf } from '../../clients/permissions.js';
import { OAuthError } from '../../oauth/oauth-error.js';
import { isOpenIdScope } from '../../oauth/openid-scopes.js';
import { type Scope, parseScope } from '../../oauth/scope.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PREVIEWED_GRANTS, type PreviewedGrant } from '../../token-previews/token-preview.js';
import { TokenPreviews } from '../../token-previews/token-previews.js';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { requireSightOfUsers } from '../kit/authority.js';
import { isId } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { Problem, invalidParameter, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { tokenPreviewView } from './token-preview.view.js';
import type { PreviewTokensQuery } from './token-previews.dto.js';

const MAX_RESOURCES = 10;

/** What administrators ask before somebody asks for tokens. */
@Injectable()
export class TokenPreviewManagement {
  constructor(
    private readonly previews: TokenPreviews,
    private readonly clients: ClientDirectory,
    private readonly users: UsersService,
  ) {}

  async preview(
    caller: Caller,
    { tenant, isServed }: { readonly tenant: Tenant; readonly isServed: boolean },
    clientId: string,
    query: PreviewTokensQuery,
  ): Promise<View> {
    const client = CLIENT_ID.test(clientId) ? await this.clients.find(tenant.id, clientId) : undefined;
    if (!client) throw notFound();
    if (query.user_id !== undefined) requireSightOfUsers(caller);
    const grantType = query.grant_type ?? grantTypeOf(client);
    const user = await this.userFor(tenant, grantType, query.user_id);
    const scope = query.scope === undefined ? everythingOf(client, grantType) : readScope(query.scope);
    if (!isServed) throw new Problem('conflict', 'The tenant is suspended, so nobody gets tokens there.');
    const question = { grantType, scope, resources: readResources(query.resource) };
    return tokenPreviewView(await this.previews.preview({ tenant, client, user }, question), { client, user });
  }

  private async userFor(tenant: Tenant, grantType: PreviewedGrant, id: string | undefined): Promise<User | undefined> {
    if (grantType === 'client_credentials') {
      if (id !== undefined)
        throw invalidParameter('user_id', 'is not for client_credentials: the client acts for itself');
      return undefined;
    }
    if (id === undefined) throw invalidParameter('user_id', `is needed with ${grantType}`);
    const user = isId(id) ? await this.users.find(tenant.id, id) : undefined;
    if (!user) throw invalidParameter('user_id', 'is no user of this tenant');
    return user;
  }
}

function grantTypeOf({ grantTypes }: Client): PreviewedGrant {
  return PREVIEWED_GRANTS.find((name) => grantTypes.includes(name)) ?? 'authorization_code';
}

/** A client that acts for itself asks for nothing about a user. */
function everythingOf({ permissions }: Client, grantType: PreviewedGrant): Scope {
  const names = namesOf(permissions);
  return grantType === 'client_credentials' ? names.filter((name) => !isOpenIdScope(name)) : names;
}

function readScope(text: string): Scope {
  try {
    return parseScope(text);
  } catch (error) {
    if (error instanceof OAuthError) throw invalidParameter('scope', `is not one: ${error.message}`);
    throw error;
  }
}

function readResources(text = ''): readonly string[] {
  const resources = text.split(' ').filter((name) => name !== '');
  if (resources.length > MAX_RESOURCES) throw invalidParameter('resource', `has more than ${MAX_RESOURCES} names`);
  return resources;
}
