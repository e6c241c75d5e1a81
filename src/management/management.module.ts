import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { RecoveryModule } from '../recovery/recovery.module.js';
import { PasskeysModule } from '../passkeys/passkeys.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { OperatorAccessModule } from '../operator-access/operator-access.module.js';
import { AccessGrantManagement } from './access-grants/access-grant-management.js';
import { AccessGrantsController } from './access-grants/access-grants.controller.js';
import { OperatorReach } from './kit/operator-reach.js';
import { StandingAccess } from './kit/standing-access.js';
import { ApiDescription } from './openapi/api-description.js';
import { ApiManagement } from './apis/api-management.js';
import { ApisController } from './apis/apis.controller.js';
import { ApiRolesModule } from '../api-roles/api-roles.module.js';
import { ApiRoleAssignmentManagement } from './api-roles/api-role-assignment-management.js';
import { ApiRoleAssignmentsController } from './api-roles/api-role-assignments.controller.js';
import { ApiRoleManagement } from './api-roles/api-role-management.js';
import { ApiRolesController } from './api-roles/api-roles.controller.js';
import { AuditChainModule } from '../audit-chain/audit-chain.module.js';
import { AuditEventsController } from './audit-events/audit-events.controller.js';
import { EventTypesController } from './audit-events/event-types.controller.js';
import { AuditExports } from './audit-events/audit-exports.js';
import { AuditFollowing } from './audit-events/audit-following.js';
import { AuditStreams } from './audit-events/audit-streams.js';
import { ClientManagement } from './clients/client-management.js';
import { ClientsController } from './clients/clients.controller.js';
import { GrantUsageController } from './clients/grant-usage.controller.js';
import { GrantUsageManagement } from './clients/grant-usage-management.js';
import { ConsentManagement } from './consents/consent-management.js';
import { ConsentsController } from './consents/consents.controller.js';
import { IdempotencyRepository } from './kit/idempotency.repository.js';
import { jsonBody } from './kit/json-body.js';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { FactorManagement } from './factors/factor-management.js';
import { FactorsController } from './factors/factors.controller.js';
import { SetupLinksModule } from '../setup-links/setup-links.module.js';
import { SetupLinkManagement } from './setup-links/setup-link-management.js';
import { SetupLinksController } from './setup-links/setup-links.controller.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SessionManagement } from './sessions/session-management.js';
import { UserSessionsController } from './sessions/sessions.controller.js';
import { DevelopersModule } from '../developers/developers.module.js';
import { ClientHelp } from './client-registrations/client-help.js';
import { ClientHelpController } from './client-registrations/client-help.controller.js';
import { ClientRegistrationManagement } from './client-registrations/client-registration-management.js';
import { ClientRegistrationsController } from './client-registrations/client-registrations.controller.js';
import { DomainsModule } from '../domains/domains.module.js';
import { DomainManagement } from './domains/domain-management.js';
import { DomainsController } from './domains/domains.controller.js';
import { FormerSlugsController } from './tenants/former-slugs.controller.js';
import { GroupsModule } from '../groups/groups.module.js';
import { GroupManagement } from './groups/group-management.js';
import { GroupMemberManagement } from './groups/group-member-management.js';
import { GroupMembersController } from './groups/group-members.controller.js';
import { GroupsController } from './groups/groups.controller.js';
import { InvitationManagement } from './invitations/invitation-management.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { KeyManagement } from './keys/key-management.js';
import { TokenPreviewManagement } from './token-previews/token-preview-management.js';
import { TokenPreviewsController } from './token-previews/token-previews.controller.js';
import { TokenPreviewsModule } from '../token-previews/token-previews.module.js';
import { KeysController } from './keys/keys.controller.js';
import { MailController } from './mail/mail.controller.js';
import { MailManagement } from './mail/mail-management.js';
import { ManagementStrategy } from './kit/management.strategy.js';
import { EffectivePolicyController } from './policies/effective-policy.controller.js';
import { PlatformPolicyController } from './policies/platform-policy.controller.js';
import { PolicyExplanation } from './policies/policy-explanation.js';
import { PolicyManagement } from './policies/policy-management.js';
import { PolicyTemplatesController } from './policies/policy-templates.controller.js';
import { PasskeyManagement } from './passkeys/passkey-management.js';
import { ManagedPasskeysController } from './passkeys/passkeys.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { ClientRolesController } from './roles/client-roles.controller.js';
import { RoleAssignmentManagement } from './roles/role-assignment-management.js';
import { RoleManagement } from './roles/role-management.js';
import { RolesController } from './roles/roles.controller.js';
import { UserRolesController } from './roles/user-roles.controller.js';
import { OnboardingModule } from '../onboarding/onboarding.module.js';
import { QuotaManagement } from './quotas/quota-management.js';
import { QuotasController } from './quotas/quotas.controller.js';
import { UsageModule } from '../usage/usage.module.js';
import { UsageController } from './usage/usage.controller.js';
import { UsageManagement } from './usage/usage-management.js';
import { ReadinessController } from './readiness/readiness.controller.js';
import { OffboardingModule } from '../offboarding/offboarding.module.js';
import { TenantDeletionManagement } from './tenant-deletions/tenant-deletion-management.js';
import { TenantDeletionController } from './tenant-deletions/tenant-deletion.controller.js';
import { TenantDeletionsController } from './tenant-deletions/tenant-deletions.controller.js';
import { PolicyDryRun } from './tenants/policy-dry-run.js';
import { PolicyImpactModule } from '../policy-impact/policy-impact.module.js';
import { TenantManagement } from './tenants/tenant-management.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { BrandingController } from './branding/branding.controller.js';
import { BrandingManagement } from './branding/branding-management.js';
import { TextManagement } from './texts/text-management.js';
import { TextsController } from './texts/texts.controller.js';
import { UserAttributeManagement } from './user-attributes/user-attribute-management.js';
import { UserAttributesController } from './user-attributes/user-attributes.controller.js';
import { UserRecoveryController } from './users/user-recovery.controller.js';
import { UserRecovery } from './users/user-recovery.js';
import { UserNotices } from './users/user-notices.js';
import { BulkWrites } from './kit/bulk-writes.js';
import { ClientBulk } from './clients/client-bulk.js';
import { UserBulk } from './users/user-bulk.js';
import { UserManagement } from './users/user-management.js';
import { UsersController } from './users/users.controller.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { WebhookManagement } from './webhooks/webhook-management.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** The management API: one controller per resource, its DTOs beside it. */
@Module({
  imports: [
    TenantsModule,
    DomainsModule,
    OffboardingModule,
    OnboardingModule,
    PolicyImpactModule,
    TokenPreviewsModule,
    UsageModule,
    KeysModule,
    ClientsModule,
    UsersModule,
    RegistrationModule,
    PasskeysModule,
    ResourcesModule,
    RolesModule,
    GroupsModule,
    DevelopersModule,
    ApiRolesModule,
    ConsentModule,
    AuthenticationModule,
    SessionsModule,
    AccountModule,
    TokensModule,
    NoticesModule,
    RecoveryModule,
    MailModule,
    WebhooksModule,
    OperatorAccessModule,
    SetupLinksModule,
    AuditChainModule,
  ],
  controllers: [
    OpenApiController,
    TenantDeletionsController, // before the tenants: `deletions` is no tenant
    TenantDeletionController,
    TenantsController,
    FormerSlugsController,
    DomainsController,
    PlatformPolicyController,
    PolicyTemplatesController,
    EffectivePolicyController,
    ReadinessController,
    QuotasController,
    UsageController,
    AccessGrantsController,
    TextsController,
    BrandingController,
    ClientsController,
    GrantUsageController,
    TokenPreviewsController,
    ClientHelpController,
    UsersController,
    FactorsController,
    UserSessionsController,
    UserAttributesController,
    ApiRolesController,
    ApiRoleAssignmentsController,
    ClientRegistrationsController,
    GroupsController,
    GroupMembersController,
    InvitationsController,
    SetupLinksController,
    UserRecoveryController,
    ManagedPasskeysController,
    ApisController,
    RolesController,
    UserRolesController,
    ClientRolesController,
    KeysController,
    ConsentsController,
    AuditEventsController,
    EventTypesController,
    MailController,
    WebhooksController,
  ],
  providers: [
    ManagementStrategy,
    OperatorReach,
    AccessGrantManagement,
    IdempotencyRepository,
    ApiDescription,
    TenantManagement,
    PolicyManagement,
    PolicyDryRun,
    PolicyExplanation,
    DomainManagement,
    TenantDeletionManagement,
    QuotaManagement,
    UsageManagement,
    AuditExports,
    AuditFollowing,
    AuditStreams,
    StandingAccess,
    TextManagement,
    BrandingManagement,
    ClientManagement,
    GrantUsageManagement,
    TokenPreviewManagement,
    ClientHelp,
    BulkWrites,
    ClientBulk,
    UserBulk,
    UserManagement,
    InvitationManagement,
    SetupLinkManagement,
    UserRecovery,
    UserNotices,
    PasskeyManagement,
    ApiManagement,
    RoleManagement,
    RoleAssignmentManagement,
    KeyManagement,
    ConsentManagement,
    FactorManagement,
    SessionManagement,
    UserAttributeManagement,
    ApiRoleManagement,
    ApiRoleAssignmentManagement,
    ClientRegistrationManagement,
    GroupManagement,
    GroupMemberManagement,
    MailManagement,
    WebhookManagement,
  ],
  exports: [ApiDescription],
})
export class ManagementModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(jsonBody).forRoutes('api/v1/{*path}');
  }
}
