import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SIGNING_ALGORITHMS } from '../../src/keys/signing-algorithm.js';
import { send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly state: 'next' | 'current' | 'previous';
  readonly public_jwk: Readonly<Record<string, string>>;
}

const platform = givenPlatform();
let slug: string;
let count = 0;

beforeEach(async () => {
  slug = `tenant-${(count += 1)}`;
  await platform.operator.create('/tenants', { slug, display_name: 'X' });
});

const listKeys = async () => (await platform.operator.get<{ data: Key[] }>(`/tenants/${slug}/keys`)).data;
const rotate = (body?: object) => platform.operator.request('POST', `/tenants/${slug}/keys/rotate`, body);
const states = (keys: readonly Key[], alg = 'ES256') =>
  Object.fromEntries(keys.filter((key) => key.alg === alg).map(({ kid, state }) => [state, kid]));

describe('GET /keys', () => {
  it('shows for each algorithm one key that signs and one that waits, without anything private', async () => {
    const answer = await platform.operator.request('GET', `/tenants/${slug}/keys`);
    expect(answer.json()).toMatchObject({ page: { next: null, has_more: false } });
    const keys = await listKeys();
    const current = keys.find(({ state, alg }) => state === 'current' && alg === 'ES256');
    for (const alg of ['ES256', 'RS256']) expect(Object.keys(states(keys, alg)).sort()).toEqual(['current', 'next']);
    expect(keys).toHaveLength(4);
    expect(current).toEqual({
      kid: expect.any(String),
      alg: 'ES256',
      state: 'current',
      published_at: expect.any(String),
      signs_from: expect.any(String),
      signs_until: null,
      published_until: null,
      public_jwk: {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: current?.kid,
        alg: 'ES256',
        use: 'sig',
      },
    });
  });
});

describe('POST /keys/rotate', () => {
  it('puts the waiting key in charge, keeps the old one published, and prepares another', async () => {
    const before = states(await listKeys());
    const answer = await rotate();
    expect(answer.status).toBe(200);
    const keys = answer.json<{ data: Key[] }>().data;
    const after = states(keys);
    expect(after['current']).toBe(before['next']);
    expect(after['previous']).toBe(before['current']);
    expect(Object.values(before)).not.toContain(after['next']);
    // Without `alg`: those of ID tokens too.
    expect(states(keys, 'RS256')).toMatchObject({ current: expect.any(String), previous: expect.any(String) });
    const { keys: published } = (await send(`${platform.url}/t/${slug}/jwks`)).json<{ keys: { kid: string }[] }>();
    expect(published.map(({ kid }) => kid).sort()).toEqual(keys.map(({ kid }) => kid).sort());
  });

  it('does not let a key sign that verifiers cannot know yet', async () => {
    await rotate({ alg: 'ES256' });
    const { current, next } = states(await listKeys());
    await rotate({ alg: 'ES256' });
    const keys = await listKeys();
    expect(keys.find(({ kid }) => kid === current)?.state).toBe('current');
    expect(keys.find(({ kid }) => kid === next)?.state).toBe('next');
  });

  it('makes keys of an algorithm that was not used before', async () => {
    const keys = (await rotate({ alg: 'EdDSA' })).json<{ data: Key[] }>().data;
    expect(Object.keys(states(keys, 'EdDSA')).sort()).toEqual(['current', 'next']);
    expect(Object.keys(states(keys)).sort()).toEqual(['current', 'next']);
  });

  it('is bounded, because a key set that grows is refused by verifiers', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 12; round += 1) statuses.push((await rotate({ alg: 'ES256' })).status);
    expect(statuses.at(-1)).toBe(409);
    expect(expectProblem(await rotate({ alg: 'ES256' }), 409, 'conflict').detail).toMatch(/wait/);
  });

  it('makes no key once there are too many, and answers a repeated request as before', async () => {
    const send = (key: string) =>
      platform.operator.request('POST', `/tenants/${slug}/keys/rotate`, { alg: 'ES256' }, { 'idempotency-key': key });
    const statuses: number[] = [];
    let round = 0;
    while (statuses.at(-1) !== 409) statuses.push((await send(`round-${(round += 1)}-of-${slug}`)).status);
    const previous = (await listKeys()).find(({ state, alg }) => state === 'previous' && alg === 'ES256');
    const revoke = `/tenants/${slug}/keys/${previous?.kid}/revoke`;
    expect((await platform.operator.request('POST', revoke)).status).toBe(200);
    while ((await send(`round-${(round += 1)}-of-${slug}`)).status !== 409);
    const generate = jest.spyOn(SIGNING_ALGORITHMS.ES256, 'generate');
    try {
      expect((await send(`one-more-of-${slug}`)).status).toBe(409);
      expect((await send(`round-${round - 1}-of-${slug}`)).status).toBe(200);
      expect((await platform.operator.request('POST', revoke)).status).toBe(200);
      expect(generate).not.toHaveBeenCalled();
    } finally {
      generate.mockRestore();
    }
  });

  it.each([
    [{ alg: 'none' }, '/alg'],
    [{ alg: ['ES256'] }, '/alg'],
    [{ kid: 'x' }, '/kid'],
  ])('refuses %j', async (body, pointer) => {
    expectInvalid(await rotate(body), pointer);
  });
});
