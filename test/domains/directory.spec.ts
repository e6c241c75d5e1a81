import { describe, expect, it } from '@jest/globals';
import type { ChangeFeed } from '../../src/database/change-feed.js';
import { TenantCaches } from '../../src/database/tenant-caches.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { DomainDirectory } from '../../src/tenants/domain-directory.js';
import type { DomainOwner, TenantsRepository } from '../../src/tenants/tenants.repository.js';
import { testConfig } from '../support/platform.js';

const ACME: DomainOwner = {
  domain: 'login.acme.example',
  slug: 'acme',
  id: toTenantId('01a20ccb-5908-7421-b495-92cb052cefe0'),
};

/** A directory over a database that answers when it is told to. */
function givenDirectory(tenantCacheMb = 1) {
  const feed = { subscribe: () => undefined, heardAt: Infinity } as unknown as ChangeFeed;
  const caches = new TenantCaches(feed, { ...testConfig(0), tenantCacheMb });
  const asked: string[][] = [];
  const answers: (() => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const repository = {
    findDomainOwners: (domains: string[]) => {
      asked.push(domains);
      return new Promise<DomainOwner[]>((resolve, reject) => {
        failures.push(reject);
        answers.push(() => resolve(domains.includes(ACME.domain) ? [ACME] : []));
      });
    },
  } as unknown as TenantsRepository;
  return { directory: new DomainDirectory(repository, caches), caches, asked, answers, failures };
}

/** Asked at once; the answer is a promise in any case. */
const ask = async (directory: DomainDirectory, domain: string) => directory.find(domain);

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('whose a domain is', () => {
  it('is asked for by one statement at a time, however many names strangers send', async () => {
    const { directory, asked, answers } = givenDirectory();
    const first = Array.from({ length: 400 }, (_, index) => ask(directory, `n${index}.example`));
    await turn();
    const later = Array.from({ length: 300 }, (_, index) => ask(directory, `m${index}.example`));
    const known = directory.find(ACME.domain);
    await turn();
    expect(asked.map(({ length }) => length)).toEqual([400]);
    answers[0]?.();
    await Promise.all(first);
    await turn();
    expect(asked.map(({ length }) => length)).toEqual([400, 301]);
    answers[1]?.();
    expect(await known).toEqual(ACME);
    await Promise.all(later);
  });

  it('is remembered, also that it is nobody’s, until the tenant is announced under the name', async () => {
    const { directory, caches, asked, answers } = givenDirectory();
    const found = [ask(directory, ACME.domain), ask(directory, 'evil.example')];
    await turn();
    answers[0]?.();
    expect(await Promise.all(found)).toEqual([ACME, undefined]);
    expect([directory.find(ACME.domain), directory.find('evil.example')]).toEqual([ACME, undefined]);
    caches.changed({ table: 'tenants', tenantId: ACME.id, key: 'evil.example' });
    void directory.find(ACME.domain);
    void directory.find('evil.example');
    await turn();
    expect(asked).toEqual([[ACME.domain, 'evil.example'], ['evil.example']]);
  });

  it('is remembered within bounds', async () => {
    const { directory, caches, answers } = givenDirectory();
    for (let round = 0; round < 20; round += 1) {
      const names = Array.from({ length: 500 }, (_, index) => ask(directory, `r${round}-${index}.evil.example`));
      await turn();
      answers[round]?.();
      await Promise.all(names);
    }
    // A 32nd of the budget is for what is not there.
    expect(caches.statistics.bytes).toBeLessThanOrEqual((1024 * 1024) / 32);
  });

  it('is not remembered when the database does not answer', async () => {
    const { caches } = givenDirectory();
    let isDown = true;
    const repository = {
      findDomainOwners: () => (isDown ? Promise.reject(new Error('away')) : Promise.resolve([ACME])),
    } as unknown as TenantsRepository;
    const directory = new DomainDirectory(repository, caches);
    await expect(directory.find(ACME.domain)).rejects.toThrow('away');
    isDown = false;
    expect(await directory.find(ACME.domain)).toEqual(ACME);
  });

  it('waits for a database that is away once, however many names wait', async () => {
    const { directory, asked, failures } = givenDirectory();
    const first = ask(directory, ACME.domain);
    await turn();
    const later = Array.from({ length: 2000 }, (_, index) => ask(directory, `n${index}.example`));
    await turn();
    failures[0]?.(new Error('away'));
    const answers = await Promise.allSettled([first, ...later]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked).toEqual([[ACME.domain]]);
  });
});
