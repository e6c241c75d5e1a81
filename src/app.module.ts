import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccountApiModule } from './endpoints/account-api/account-api.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditShutdownModule } from './audit-chain/audit-shutdown.module.js';
import type { FactorType } from './authentication/authentication-factor.js';
import { authenticationFactors } from './authentication/authentication-factors.js';
import { FactorListModule } from './authentication/factor-list.module.js';
import type { AuthorizationRequest } from './authorization/authorization-request.js';
import type { AuthorizationPipeline } from './authorization/authorization-step.js';
import { AuthorizationStepsModule } from './authorization/authorization-steps.module.js';
import { authorizationSteps } from './authorization/authorization-steps.js';
import type { InteractionStepType } from './authorization/interaction-step.js';
import { InteractionStepsModule } from './authorization/interaction-steps.module.js';
import { interactionSteps } from './authorization/interaction-steps.js';
import { AuthorizationModule } from './authorization/authorization.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { ConsoleModule } from './console/console.module.js';
import type { DatabaseSettings } from './database/database-settings.js';
import { DatabaseModule } from './database/database.module.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import type { GrantHandler } from './grants/grant-handler.js';
import { grantHandlers } from './grants/grant-handlers.js';
import { GrantsModule } from './grants/grants.module.js';
import type { MakeKey } from './keys/key-stock.js';
import { KeyStockModule } from './keys/key-stock.module.js';
import { LimitsModule } from './limits/limits.module.js';
import type { NetworkLimitRates } from './limits/network-limits.js';
import { LastErrorFilter } from './last-error.filter.js';
import { MailModule } from './mail/mail.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { ManagementModule } from './management/management.module.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { PagesModule } from './pages/pages.module.js';
import { RolePermissionsModule } from './resources/role-permissions.module.js';

export interface AppOptions {
  readonly config: Config;
  readonly database: DatabaseSettings;
  /** Grants beside the platform's own. */
  readonly grants?: readonly Type<GrantHandler>[];
  /** The platform's own checks of authorization requests, with others after them. */
  readonly authorizationSteps?: AuthorizationPipeline<AuthorizationRequest>;
  /** Factors beside the platform's own. */
  readonly factors?: readonly FactorType[];
  /** What a person has to do before consent, beside the platform's own. */
  readonly interactionSteps?: readonly InteractionStepType[];
  /** Other rates than the platform's own. */
  readonly limits?: Partial<NetworkLimitRates>;
  /** Another source of RSA keys than OpenSSL. */
  readonly makeRsaKey?: MakeKey;
  /** Where the built console is; absent: beside the programs. */
  readonly consoleFolder?: string;
}

/** The table of contents. */
@Module({})
export class AppModule {
  static forRoot({
    config,
    database,
    grants = [],
    authorizationSteps: steps = authorizationSteps,
    factors = [],
    interactionSteps: ownSteps = [],
    limits,
    makeRsaKey,
    consoleFolder,
  }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(database),
        AuditModule,
        AuditShutdownModule,
        RolePermissionsModule,
        LimitsModule.forRoot(limits),
        KeyStockModule.forRoot(makeRsaKey),
        GrantsModule.forRoot([...grantHandlers, ...grants]),
        MailModule,
        AuthorizationStepsModule.forRoot(steps),
        FactorListModule.forRoot([...authenticationFactors, ...factors]),
        // Consent comes last: it allows what all the others have led up to.
        InteractionStepsModule.forRoot([...interactionSteps.slice(0, -1), ...ownSteps, ...interactionSteps.slice(-1)]),
        // Express tries the routes in this order, and these are asked for most.
        EndpointsModule,
        AuthorizationModule,
        PagesModule,
        ManagementModule,
        ConsoleModule.forRoot(consoleFolder),
        AccountApiModule,
        ObservabilityModule,
        MaintenanceModule,
        BootstrapModule,
      ],
      providers: [LastErrorFilter],
    };
  }
}
