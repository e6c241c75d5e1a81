import { DataSource, type DataSourceOptions } from 'typeorm';
import { CreatePlatform1764000000000 } from '../../migrations/1764000000000-create-platform.js';
import { FadeSignInAttempts1764100000000 } from '../../migrations/1764100000000-fade-sign-in-attempts.js';
import { PartitionAuditEvents1764200000000 } from '../../migrations/1764200000000-partition-audit-events.js';
import { AnnounceChangesByName1764210000000 } from '../../migrations/1764210000000-announce-changes-by-name.js';
import { BindRegistrations1764300000000 } from '../../migrations/1764300000000-bind-registrations.js';
import { BindPermissions1764400000000 } from '../../migrations/1764400000000-bind-permissions.js';
import { NameOriginOfGrants1764500000000 } from '../../migrations/1764500000000-name-origin-of-grants.js';
import { StopOlderPrograms1764900000000 } from '../../migrations/1764900000000-stop-older-programs.js';
import { ChooseSigningAlgorithms1765000000000 } from '../../migrations/1765000000000-choose-signing-algorithms.js';
import { LeaveMethodOpen1765100000000 } from '../../migrations/1765100000000-leave-method-open.js';
import { RememberAnswersAndDevices1765200000000 } from '../../migrations/1765200000000-remember-answers-and-devices.js';
import { KeepMail1766000000000 } from '../../migrations/1766000000000-keep-mail.js';
import { VerifyAddresses1766100000000 } from '../../migrations/1766100000000-verify-addresses.js';
import { InvitePeople1766100000001 } from '../../migrations/1766100000001-invite-people.js';
import { AskForNewPasswords1766200000000 } from '../../migrations/1766200000000-ask-for-new-passwords.js';
import { RecordProvenFactors1766300000000 } from '../../migrations/1766300000000-record-proven-factors.js';
import { KeepSecondFactors1766300000001 } from '../../migrations/1766300000001-keep-second-factors.js';
import { KeepPasskeys1766400000000 } from '../../migrations/1766400000000-keep-passkeys.js';
import { ScheduleAccountDeletions1766500000000 } from '../../migrations/1766500000000-schedule-account-deletions.js';
import { KeepTextsOfTenants1766600000000 } from '../../migrations/1766600000000-keep-texts-of-tenants.js';
import { LetScopesBeOptional1766860000000 } from '../../migrations/1766860000000-let-scopes-be-optional.js';
import { RememberSessions1766860000001 } from '../../migrations/1766860000001-remember-sessions.js';
import { GiveManagementRoles1767000000000 } from '../../migrations/1767000000000-give-management-roles.js';
import { ChainAuditEvents1767100000000 } from '../../migrations/1767100000000-chain-audit-events.js';
import { DeliverEvents1767200000000 } from '../../migrations/1767200000000-deliver-events.js';
import { DeleteTenantsInSteps1767300000000 } from '../../migrations/1767300000000-delete-tenants-in-steps.js';
import { LimitTenants1767500000000 } from '../../migrations/1767500000000-limit-tenants.js';
import { GroupUsers1767400000000 } from '../../migrations/1767400000000-group-users.js';
import { DescribeUsers1767400000001 } from '../../migrations/1767400000001-describe-users.js';
import { GiveApiRoles1767400000002 } from '../../migrations/1767400000002-give-api-roles.js';
import { InheritPolicies1767600000000 } from '../../migrations/1767600000000-inherit-policies.js';
import { CountUsesOfGrants1767600000001 } from '../../migrations/1767600000001-count-uses-of-grants.js';
import { CountInParts1767700000000 } from '../../migrations/1767700000000-count-in-parts.js';
import { GiveTenantsDomains1767710000000 } from '../../migrations/1767710000000-give-tenants-domains.js';
import { DraftBrandings1767720000000 } from '../../migrations/1767720000000-draft-brandings.js';
import { RegisterClientsOfDevelopers1767730000000 } from '../../migrations/1767730000000-register-clients-of-developers.js';
import { GrantOperatorsAccess1767740000000 } from '../../migrations/1767740000000-grant-operators-access.js';
import { FindEventsLeftBehind1767810000000 } from '../../migrations/1767810000000-find-events-left-behind.js';
import { IndexLists1767820000000 } from '../../migrations/1767820000000-index-lists.js';
import { KeepConsoleSessions1767850000000 } from '../../migrations/1767850000000-keep-console-sessions.js';
import { ProveDomainsAgain1767860000000 } from '../../migrations/1767860000000-prove-domains-again.js';
import { SendSetupLinks1767870000000 } from '../../migrations/1767870000000-send-setup-links.js';
import { ClaimMakingOfKeys1767890000000 } from '../../migrations/1767890000000-claim-making-of-keys.js';
import { CountDailyUsage1767900000000 } from '../../migrations/1767900000000-count-daily-usage.js';
import { BindAccessGrants1767910000000 } from '../../migrations/1767910000000-bind-access-grants.js';
import { ClaimConsoleRenewals1767920000000 } from '../../migrations/1767920000000-claim-console-renewals.js';
import { BoundedPool } from './bounded-pool.js';

/** Every migration, oldest first. */
export const migrations = [
  CreatePlatform1764000000000, // tables, policies, triggers
  FadeSignInAttempts1764100000000,
  PartitionAuditEvents1764200000000,
  AnnounceChangesByName1764210000000,
  BindRegistrations1764300000000,
  BindPermissions1764400000000, // older code would go on giving and taking names alone
  NameOriginOfGrants1764500000000,
  StopOlderPrograms1764900000000,
  ChooseSigningAlgorithms1765000000000,
  LeaveMethodOpen1765100000000,
  RememberAnswersAndDevices1765200000000,
  KeepMail1766000000000,
  VerifyAddresses1766100000000,
  InvitePeople1766100000001,
  AskForNewPasswords1766200000000,
  RecordProvenFactors1766300000000,
  KeepSecondFactors1766300000001,
  KeepPasskeys1766400000000,
  ScheduleAccountDeletions1766500000000,
  KeepTextsOfTenants1766600000000,
  LetScopesBeOptional1766860000000,
  RememberSessions1766860000001,
  GiveManagementRoles1767000000000,
  ChainAuditEvents1767100000000,
  DeliverEvents1767200000000,
  DeleteTenantsInSteps1767300000000,
  GroupUsers1767400000000,
  DescribeUsers1767400000001,
  GiveApiRoles1767400000002,
  LimitTenants1767500000000,
  InheritPolicies1767600000000,
  CountUsesOfGrants1767600000001,
  CountInParts1767700000000,
  GiveTenantsDomains1767710000000,
  DraftBrandings1767720000000,
  RegisterClientsOfDevelopers1767730000000,
  GrantOperatorsAccess1767740000000,
  FindEventsLeftBehind1767810000000,
  IndexLists1767820000000,
  KeepConsoleSessions1767850000000,
  ProveDomainsAgain1767860000000,
  SendSetupLinks1767870000000,
  ClaimMakingOfKeys1767890000000,
  CountDailyUsage1767900000000,
  BindAccessGrants1767910000000,
  ClaimConsoleRenewals1767920000000,
];

/**
 * Programs whose newest migration is at least this one may serve beside this version on its schema. A migration that
 * only adds what older code does not notice leaves it; one that changes or removes what older code uses sets it to its
 * own timestamp.
 */
export const OLDEST_COMPATIBLE_MIGRATION = 1764400000000;

export interface ConnectionOptions {
  readonly url: string;
  /** Role taken at connection time, when it is not the one in the URL. */
  readonly role?: string | undefined;
  readonly maxConnections?: number;
  /** What `pg_stat_activity` shows. */
  readonly applicationName?: string;
  /** 0: no limit, for migrations. */
  readonly statementTimeoutMs?: number;
}

const STATEMENT_TIMEOUT_MS = 2500;
/**
 * How much longer than the server's own limit an answer is waited for, in milliseconds. After that the connection is
 * cut.
 */
const ANSWER_MARGIN_MS = 300;

/**
 * Whoever began a transaction and is not heard of any more, holds its locks for no longer than this. Where the network
 * swallows everything without an end of the connection, others wait for these locks, and service has to be back within
 * five seconds.
 */
const IDLE_IN_TRANSACTION_MS = 3000;

/** How every connection of the platform is made: bounded in number, waiting and running time. */
export function dataSourceOptions(options: ConnectionOptions): DataSourceOptions {
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  return {
    type: 'postgres',
    driver: { Pool: BoundedPool },
    url: options.url,
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: options.applicationName ?? 'tenantry',
    poolSize: options.maxConnections ?? 10,
    logging: false,
    extra: {
      pipeline: true,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      idleTimeoutMillis: 60_000,
      options: options.role ? `-c role=${options.role}` : undefined,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs === 0 ? undefined : statementTimeoutMs + ANSWER_MARGIN_MS,
      lock_timeout: 2000,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
  };
}

export function createDataSource(options: ConnectionOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}
