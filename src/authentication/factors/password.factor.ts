import { Injectable } from '@nestjs/common';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';
import { normalizeIdentifier } from '../../users/identifier.js';
import { PasswordHasher } from '../../users/password-hasher.js';
import type { User } from '../../users/user.js';
import { UsersRepository } from '../../users/users.repository.js';
import type { AuthenticationFactor } from '../authentication-factor.js';

/** User name (or e-mail address) and password. */
@Injectable()
export class PasswordFactor implements AuthenticationFactor {
  readonly amr = 'pwd';

  constructor(
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  async verify(tenant: Tenant, credentials: OAuthParameters): Promise<User | undefined> {
    const identifier = normalizeIdentifier(credentials.get('username'));
    const found = await this.users.findByIdentifier(tenant.id, identifier);
    const matches = await this.hasher.verify(tenant.id, found?.passwordHash, credentials.get('password'));
    return matches ? found?.user : undefined;
  }
}
