import { expect } from '@jest/globals';
import type { HttpAnswer } from './http.js';
import { responseOf } from './tenant-fixture.js';

/** RFC 6749 §5.2 and §5.1: the error as JSON that nobody caches; only a failed authentication has a challenge. */
export function expectOAuthError(answer: HttpAnswer, status: number, error: string): void {
  expect({ status: answer.status, error: answer.json()['error'] }).toEqual({ status, error });
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const challenge = answer.headers['www-authenticate'];
  if (error === 'invalid_client') expect(challenge).toMatch(/^Basic realm="[^"]+"/);
  else if (status !== 401 && status !== 403) expect(challenge).toBeUndefined();
}

/** RFC 6749 §4.1.2.1: the person is told, and the browser is sent nowhere. */
export function expectErrorPage(page: HttpAnswer, status: number, error: string): void {
  expect(page.status).toBe(status);
  expect(page.headers.location).toBeUndefined();
  expect(page.headers['content-type']).toMatch(/^text\/html\b/);
  expect(page.text).toContain(`id="error-page" data-error="${error}"`);
}

/** RFC 6749 §4.1.2.1, RFC 9207 §2: the client is told, with its state and our issuer, and gets nothing else. */
export function expectErrorResponse(page: HttpAnswer, redirectUri: string, expected: Record<string, unknown>): void {
  expect(page.status).toBe(303);
  expect(page.headers.location?.split(/[?#]/)[0]).toBe(redirectUri);
  const response = responseOf(page);
  expect(response).toEqual({ error_description: expect.any(String), ...expected });
}

/** RFC 6749 §5.1: a successful answer of the token endpoint. */
export function expectTokens(answer: HttpAnswer): Record<string, unknown> {
  expect(answer.text).not.toContain('"error"');
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  const tokens = answer.json();
  expect(tokens).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' });
  expect(tokens['expires_in']).toBeGreaterThan(0);
  return tokens;
}
