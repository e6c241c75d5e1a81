import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG, type Config } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import { ApiDirectory } from '../resources/api-directory.js';
import { managementPermissionsOf } from '../resources/management-permissions.js';
import type { Tenant } from '../tenants/tenant.js';
import { TokenVerifier } from '../tokens/token.verifier.js';

/** The version of this program, as its package says. */
const { version: VERSION } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** Who is signed in to the console, and what the management API would allow them. */
@Injectable()
export class ConsolePerson {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly apis: ApiDirectory,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Undefined when the token is not good any more. */
  async describe(tenant: Tenant, accessToken: string): Promise<object | undefined> {
    const token = await this.verifier.findActive(tenant, accessToken);
    if (!token?.user || !token.audience.includes(this.apis.managementIdentifier)) return undefined;
    const { user, client, scope } = token;
    const ofClient: readonly string[] = managementPermissionsOf(client);
    const ofUser: readonly string[] = user.managementPermissions;
    const { name, picture } = user.claims;
    return {
      user: { id: user.id, username: user.username, name, email: user.email, picture },
      is_operator: tenant.slug === SYSTEM_TENANT_SLUG,
      permissions: scope.filter((one) => ofClient.includes(one) && ofUser.includes(one)),
      ...aboutConsole(tenant, this.config),
    };
  }
}

/** What every page is told, whoever looks at it. */
export function aboutConsole({ id, slug, displayName, issuer }: Tenant, { publicUrl }: Config) {
  return { tenant: { id, slug, display_name: displayName, issuer }, public_url: publicUrl, version: VERSION };
}
