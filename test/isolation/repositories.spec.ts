import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountCases } from './account.cases.js';
import { apiRoleCases } from './api-role.cases.js';
import { auditChainCases } from './audit-chain.cases.js';
import { consoleCases } from './console.cases.js';
import { configurationCases } from './configuration.cases.js';
import { domainCases } from './domain.cases.js';
import { limitCases } from './limit.cases.js';
import { developerCases } from './developer.cases.js';
import { groupCases } from './group.cases.js';
import { passkeyCases } from './passkey.cases.js';
import { policyCases } from './policy.cases.js';
import { personCases } from './person.cases.js';
import { startPlatform } from '../support/platform.js';
import { findRepositories, methodsOf, providedRepositories } from './repositories.js';
import { FOREIGN_KEY_VIOLATION, type RepositoryCases } from './repository-case.js';
import { setupLinkCases } from './setup-link.cases.js';
import { accessGrantCases } from './access-grant.cases.js';
import { brandingCases } from './branding.cases.js';
import { roleCases } from './role.cases.js';
import { recoveryCases } from './recovery.cases.js';
import { tokenCases } from './token.cases.js';
import { verificationCases } from './verification.cases.js';
import { webhookCases } from './webhook.cases.js';
import { World } from './world.js';

const CASES: RepositoryCases = {
  ...apiRoleCases,
  ...auditChainCases,
  ...configurationCases,
  ...consoleCases,
  ...domainCases,
  ...limitCases,
  ...developerCases,
  ...groupCases,
  ...passkeyCases,
  ...accountCases,
  ...personCases,
  ...brandingCases,
  ...policyCases,
  ...recoveryCases,
  ...accessGrantCases,
  ...setupLinkCases,
  ...roleCases,
  ...tokenCases,
  ...verificationCases,
  ...webhookCases,
};

/** What belongs to the platform and not to a tenant, with the reason. */
const PLATFORM: Readonly<Record<string, string>> = {
  'TenantsRepository.findBySlug': 'finds out which tenant an address means',
  'TenantsRepository.findByAnySlug': 'finds out which tenant an address means',
  'TenantsRepository.findDomainOwners': 'finds out which tenant a domain means',
  'TenantsRepository.lock': 'for changes of a tenant’s addresses, which name it',
  'TenantsRepository.refreshAddresses': 'repeats in the row of a tenant what is its own',
  'TenantsRepository.keepFormerSlug': 'for operators',
  'TenantsRepository.endFormerSlug': 'for operators',
  'DomainChecksRepository.claim': 'tells due checks of all tenants; a function of the owner that does nothing else',
  'DomainChecksRepository.claimProofs': 'the same for proofs that are due',
  'TenantsRepository.findById': 'for the management API, which decides who may ask for which tenant',
  'TenantsRepository.findBrandImage': 'public: every page of the tenant shows it',
  'TenantsRepository.list': 'for operators',
  'TenantsRepository.page': 'for the management API, which names the one tenant of who is no operator',
  'TenantsRepository.listInheriting': 'for operators',
  'TenantsRepository.findInherited': 'what the operator decided; it is the same for every tenant of a template',
  'TenantsRepository.isShared': 'tells whether an object is shared in memory',
  'TenantsRepository.inherit': 'puts what the operator decided beside tenants that were read',
  'TenantsRepository.read': 'makes a tenant of its row',
  'AccessGrantsRepository.findDue': 'names grants whose time is over, with their tenants',
  'PolicyLayersRepository.getPlatform': 'of the operator, without a tenant',
  'PolicyLayersRepository.findTemplate': 'of the operator, without a tenant',
  'PolicyLayersRepository.listTemplates': 'of the operator, without a tenant',
  'PolicyLayersRepository.countTenants': 'for operators',
  'PolicyLayersRepository.create': 'of the operator, without a tenant',
  'PolicyLayersRepository.update': 'of the operator, without a tenant',
  'PolicyLayersRepository.delete': 'of the operator, without a tenant',
  'TenantsRepository.create': 'for operators',
  'TenantsRepository.update': 'the tenant itself; the management API decides who may change it',
  'BrandingPreviewsRepository.create': 'makes a new secret for the tenant itself; nothing of it is read',
  'BrandingVersionsRepository.keepLive': 'the tenant itself, within its update',
  'BrandingVersionsRepository.append': 'the tenant itself, within its update',
  'TenantsRepository.setHandovers': 'the tenant itself, within its update',
  'TenantRatesRepository.findDefaults': 'what holds for every tenant; the platform’s own',
  'TenantDeletionsRepository.create': 'for operators',
  'TenantDeletionsRepository.find': 'for operators',
  'TenantDeletionsRepository.list': 'for operators',
  'TenantDeletionsRepository.withdraw': 'for operators',
  'TenantDeletionsRepository.claim': 'names one deletion whose time has come, with its tenant',
  'TenantDeletionsRepository.release': 'ends a claim; it shows nothing',
  'TenantDestructionRepository.listTables': 'names of tables',
  'TenantDestructionRepository.start': 'in the tenant of the deletion (test/management/tenant-deletions.spec.ts)',
  'TenantDestructionRepository.destroyBatch': 'the same',
  'TenantDestructionRepository.finish': 'the same',
  'PlatformSettingsRepository.find': 'settings of the platform, without a tenant',
  'PlatformSettingsRepository.create': 'settings of the platform, without a tenant',
  'PlatformSettingsRepository.put': 'settings of the platform, without a tenant',
  'DataKeysRepository.findState': 'which master key wraps, without a tenant',
  'DataKeysRepository.beginChange': 'which master key wraps, without a tenant',
  'DataKeysRepository.endChange': 'which master key wraps, without a tenant',
  'DataKeysRepository.listTenants': 'for whoever runs the platform, with the master key at hand',
  'MailQueueRepository.claim': 'tells ids of due mails of all tenants; a function of the owner that does nothing else',
  'MailQueueRepository.state': 'counts the mails of all tenants, for operators',
  'WebhookQueueRepository.claim':
    'tells ids of due deliveries of all tenants; a function of the owner, like claim_mails',
  'WebhookQueueRepository.state': 'counts the deliveries of all tenants, for operators',
  'UpkeepRepository.expiringTables': 'names of tables',
  'UpkeepRepository.sweep': 'removes what expired, of all tenants; a function of the owner that does nothing else',
  'UpkeepRepository.preparePartitions': 'makes empty partitions of the audit log',
  'UpkeepRepository.dropPartitions': 'drops partitions that no tenant keeps any more',
  'UpkeepRepository.removeOldEvents': 'goes through all tenants, each by its own policy (test/audit/retention.spec.ts)',
  'UpkeepRepository.eraseEvents': 'follows up on deletions, each in its own tenant (test/audit/erasure.spec.ts)',
  'AccountDeletionsRepository.findDue': 'names the accounts whose time has come, each with its tenant, for destroy',
  'AuditChainRepository.findUnsealed': 'names logs of all tenants; a function of the owner that does nothing else',
  'AuditEventsRepository.append': 'takes events of several tenants, each row with its own tenant, and shows none',
};

const withoutCase = (methods: readonly string[]) =>
  methods.filter((method) => !(method in CASES || method in PLATFORM));

describe('repositories', () => {
  it('have a case for every method, and no case for a method that is gone', async () => {
    const methods = [...(await findRepositories())].flatMap(([name, type]) => methodsOf(name, type));
    expect(methods.length).toBeGreaterThan(60);
    expect(withoutCase(methods)).toEqual([]);
    const known = [...Object.keys(CASES), ...Object.keys(PLATFORM)];
    expect(known.filter((name) => !methods.includes(name))).toEqual([]);
  });

  it('are those the application makes', async () => {
    const platform = await startPlatform();
    const provided = providedRepositories(platform);
    await platform.stop();
    expect(provided).toEqual([...(await findRepositories()).keys()].sort());
  });

  it('would fail for a method without a case', () => {
    class CardsRepository {
      find() {
        return undefined;
      }
    }
    expect(withoutCase(methodsOf('CardsRepository', CardsRepository))).toEqual(['CardsRepository.find']);
  });
});

/** Two locks are on every row, and each has to hold by itself: this is the one in the statements. */
const LOCKS = [
  ['with row-level security', true],
  ['without row-level security', false],
] as const;

describe.each(LOCKS)('every repository method, %s,', (_, rowLevelSecurity) => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
    if (!rowLevelSecurity) await world.disableRowLevelSecurity();
  });
  afterAll(() => world.platform.stop());

  it.each(Object.keys(CASES))('%s reaches nothing of acme in the name of globex', async (name) => {
    const { prepare, foundNothing = isNothing } = CASES[name] ?? { prepare: () => async () => undefined };
    const call = await prepare(world);
    const before = await world.rowsOfAcme();

    expect(foundNothing(await call(world.globexId).catch(refusal)) || createdElsewhere(name)).toBe(true);
    expect(await world.rowsOfAcme()).toBe(before);

    // The same call in acme's own name does something, or the case would prove nothing.
    const found = !foundNothing(await call(world.acmeId));
    expect(found || (await world.rowsOfAcme()) !== before).toBe(true);
  });
});

/** What a reference into another tenant comes to. */
function refusal(error: unknown): undefined {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  if ((code ?? driverError?.code) !== FOREIGN_KEY_VIOLATION) throw error;
  return undefined;
}

function isNothing(result: unknown): boolean {
  return !result || (Array.isArray(result) && result.length === 0);
}

/** They answer with what they made, in the tenant that was named. */
function createdElsewhere(name: string): boolean {
  return /Repository\.create(First|Next)?$/.test(name);
}
