import { afterAll, beforeAll } from '@jest/globals';
import { type Platform, type PlatformOptions, startPlatform } from './platform.js';
import { type TenantFixture, createTenant } from './tenant-fixture.js';

/** The platform of a file or a `describe`: started before its tests, stopped after them. */
export function givenPlatform(options?: PlatformOptions): Platform {
  let platform: Platform | undefined;
  beforeAll(async () => void (platform = await startPlatform(options)));
  afterAll(() => platform?.stop());
  return onceStarted(() => platform);
}

/** A tenant of such a platform, with clients, APIs and a user: see `TenantFixture`. */
export function givenTenant(platform: Platform, slug: string, policy?: object): TenantFixture {
  let tenant: TenantFixture | undefined;
  beforeAll(async () => void (tenant = await createTenant(platform, slug, policy)));
  return onceStarted(() => tenant);
}

/** Stands for what there is only when the tests run; to read it sooner is an error of the test. */
function onceStarted<T extends object>(find: () => T | undefined): T {
  const get = (): T => {
    const value = find();
    if (!value) throw new Error('This is read before the tests run: it does not exist yet.');
    return value;
  };
  return new Proxy({} as T, {
    get: (_, key) => Reflect.get(get(), key) as unknown,
    has: (_, key) => Reflect.has(get(), key),
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor: (_, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(get(), key);
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}
