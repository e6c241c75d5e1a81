import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import { Inject, Injectable, type INestApplication } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { describeApi, securityScheme } from './document.js';
import { findRoutes } from './find-routes.js';

const TAGS = [
  ['Tenants', 'Customers of the platform, each with its own issuer, users and clients.'],
  ['Domains', 'Domains of a tenant’s own, which are addresses of it once it has proven to hold them.'],
  ['Policies', 'What tenants inherit from the platform and from templates, and what holds in the end.'],
  ['Tenant deletions', 'Tenants that are to be destroyed, can still be kept, or are gone.'],
  ['Quotas', 'What a tenant may have and do at most, and what it uses of that.'],
  ['Usage', 'How much a tenant was used, day by day.'],
  ['Access grants', 'Access of operators to people and secrets of a tenant, for a time and with a reason.'],
  ['Clients', 'Applications that ask for tokens (RFC 7591).'],
  ['Client registrations', 'Clients that developers register, and the decisions on them.'],
  ['Users', 'Accounts that sign in, and the claims released about them.'],
  ['Passkeys', 'What users sign in with in place of a password, or after it.'],
  ['APIs', 'Protected resources, their scopes and the format of their tokens.'],
  ['Keys', 'What the tenant signs with.'],
  ['User attributes', 'What a tenant keeps of its users beyond the standard claims, and how applications get it.'],
  ['API roles', 'Roles of the tenant’s own APIs, and who has them. They allow nothing here.'],
  ['Groups', 'Groups of users, whose names applications read in tokens.'],
  ['Roles', 'What administrators may do, and who is one.'],
  ['Invitations', 'People who were invited by mail to make an account.'],
  ['Setup links', 'Links with which people without an account set a tenant up.'],
  ['Consents', 'What users allowed clients.'],
  ['Mail', 'Mails of the last 30 days, and a test mail.'],
  ['Webhooks', 'Where events are sent, and what became of each.'],
  ['Texts', 'The words of a tenant’s pages and mails.'],
  ['Branding', 'The look and the words in draft, their publication, and what was published before.'],
  ['Audit', 'Who did what.'],
] as const;

/** Stands where the security scheme is, and nowhere else. */
const SCHEME = '\u0000scheme';

/** The OpenAPI document, made from the controllers and their DTOs when somebody first asks. */
@Injectable()
export class ApiDescription {
  private made: Promise<readonly [string, string]> | undefined;
  private application: INestApplication | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Called once, when the application with all its routes exists. */
  describe(application: INestApplication): void {
    this.application = application;
  }

  /**
   * As JSON, of which only the addresses of the sign-in differ from tenant to tenant.
   * @param tenant slug of the tenant at which the caller signs in
   */
  async documentFor(tenant = SYSTEM_TENANT_SLUG): Promise<string> {
    const [before, after] = await (this.made ??= this.make());
    return before + JSON.stringify(securityScheme(this.config.publicUrl, tenant)) + after;
  }

  /** @returns what comes before and after the security scheme */
  private async make(): Promise<readonly [string, string]> {
    if (!this.application) throw new Error('The application is not described yet.');
    const routes = await findRoutes(this.application, (builder) => {
      builder
        .setOpenAPIVersion('3.1.0')
        .setTitle('Tenantry management API')
        .setDescription(
          'Tenants and what belongs to them. Errors are problems (RFC 9457); lists are pages with cursors.',
        )
        .setVersion('1')
        .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
        .addServer(this.config.publicUrl);
      for (const [tag, description] of TAGS) builder.addTag(tag, description);
      return builder.build();
    });
    const { components, ...document } = describeApi(routes);
    const securitySchemes = { management: SCHEME };
    const [before = '', after = ''] = JSON.stringify({
      ...document,
      components: { ...components, securitySchemes },
    }).split(JSON.stringify(SCHEME));
    return [before, after];
  }
}
