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

  it.each([
    'Application/JSON',
    'application/json;charset=UTF-8',
    'application/json; charset=utf8',
    'application/json; charset="us-ascii"',
    'application/json ; x=y',
  ])('may be %s', async (type) => {
    expectInvalid(await post('{"slug":"ok"}', type), '/display_name');
  });
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

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'])(
    'because a member is called %s',
    async (name) => {
      const problem = expectProblem(await post(`{"slug":"a","policy":{"${name}":{}}}`), 400, 'malformed-request');
      expect(problem.detail).toContain(name);
    },
  );

  it('is not longer than 256 kB (413)', async () => {
    const body = JSON.stringify({ slug: 'never', display_name: 'x'.repeat(300_000) });
    expect(expectProblem(await post(body), 413, 'body-too-large').detail).toMatch(/256 kB/);
  });

  it('is not a bomb: what is compressed is not taken', async () => {
    const answer = await post(GOOD, 'application/json', { 'content-encoding': 'br' });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it.each([20, 500, 2000, 2500, 3000, 5000, 10_000, 100_000])(
    'is told when it is nested %d levels deep',
    async (depth) => {
      for (const nested of ['['.repeat(depth) + ']'.repeat(depth), '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)]) {
        const body = `{"slug":"never","display_name":${nested}}`;
        const tooLarge = body.length > 256 * 1024;
        const answer = await post(body);
        const { detail } = tooLarge
          ? expectProblem(answer, 413, 'body-too-large')
          : expectProblem(answer, 400, 'malformed-request');
        expect(detail).toMatch(tooLarge ? /256 kB/ : /nested too deeply/);
      }
    },
  );

  it('may be as deep as anything that is described', async () => {
    const keys = [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', more: [[[['as a certificate might be']]]] }];
    const answer = await platform.operator.request('POST', '/tenants/system/clients', { jwks: { keys } });
    expectProblem(answer, 400, 'validation-failed');
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
