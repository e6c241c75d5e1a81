import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const AT = '/tenants';
const GOOD = JSON.stringify({ slug: 'never', display_name: 'Never' });

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(async () => {
  expectProblem(await platform.operator.request('GET', '/tenants/never'), 404, 'not-found');
  await platform.stop();
});

const post = (body: string, contentType = 'application/json', headers = {}) =>
  platform.operator.request('POST', AT, body, { 'content-type': contentType, ...headers });

describe('the content type of a body', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'application/jsonx',
    'multipart/form-data; boundary=x',
    'json',
    '',
  ])('is not %j (415)', async (contentType) => {
    const problem = expectProblem(await post(GOOD, contentType), 415, 'unsupported-media-type');
    expect(problem.detail).toContain('application/json');
  });

  it.each(['application/json; charset=latin1', 'application/json; charset=utf-7'])('is not %s (415)', async (type) => {
    expect(expectProblem(await post(GOOD, type), 415, 'unsupported-media-type').detail).toMatch(/UTF-8/);
  });

  it.each(['Application/JSON', 'application/json;charset=UTF-8', 'application/json ; x=y'])(
    'may be %s',
    async (type) => {
      expectInvalid(await post('{"slug":"ok"}', type), '/display_name');
    },
  );
});

describe('a body that cannot be read', () => {
  it.each(['{', '{"slug":"a",}', "{'slug':'a'}", 'null', '"text"', '7', 'slug=a', '\ufeff\ufeff{}'])(
    'is told so: %s',
    async (body) => {
      expect(expectProblem(await post(body), 400, 'malformed-request').detail).toMatch(/JSON/);
    },
  );

  it.each(['[]', `[${GOOD}]`])('must be an object, not %s', async (body) => {
    expect(expectProblem(await post(body), 400, 'malformed-request').detail).toMatch(/object/);
  });

  it.each(['{"slug":"a\\u0000"}', '{"slug":"a\\ud800"}', '{"a\\u0000":1}', '{"policy":{"x":"\\u0000"}}'])(
    'because of a character that cannot be stored: %s',
    async (body) => {
      expect(expectProblem(await post(body), 400, 'malformed-request').detail).toMatch(/character/);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype'])('because a member is called %s', async (name) => {
    const problem = expectProblem(await post(`{"slug":"a","policy":{"${name}":{}}}`), 400, 'malformed-request');
    expect(problem.detail).toContain(name);
  });

  it('is not longer than 256 kB (413)', async () => {
    const body = JSON.stringify({ slug: 'never', display_name: 'x'.repeat(300_000) });
    expect(expectProblem(await post(body), 413, 'body-too-large').detail).toMatch(/256 kB/);
  });

  it('is not a bomb: what is compressed is not taken', async () => {
    const answer = await post(GOOD, 'application/json', { 'content-encoding': 'br' });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it('is told when it is nested beyond reason', async () => {
    const body = `{"slug":"never","display_name":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(expectProblem(await post(body), 400, 'malformed-request').detail).toMatch(/nested too deeply/);
  });
});

describe('no body', () => {
  it.each<Record<string, string>>([{}, { 'content-length': '0' }])('is an empty object (%j)', async (headers) => {
    const answer = await platform.operator.request('POST', AT, undefined, headers);
    expectInvalid(answer, '/slug', '/display_name');
  });
});

describe('an address that cannot be read', () => {
  it.each(['/tenants/%', '/tenants/%E0%A4%A', '/tenants/acme/clients/%ff'])('%s', async (path) => {
    expectProblem(await platform.operator.request('GET', path), 400, 'malformed-request');
  });
});
