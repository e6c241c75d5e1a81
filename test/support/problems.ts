import { expect } from '@jest/globals';
import type { HttpAnswer } from './http.js';

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
  readonly request_id: string;
}

/** The answer is this problem (RFC 9457), in every formal respect. */
export function expectProblem(answer: HttpAnswer, status: number, kind: string): ProblemBody {
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const problem = answer.json<ProblemBody>();
  expect(problem).toMatchObject({ type: `urn:tenantry:problem:${kind}`, status, title: expect.any(String) });
  expect(problem.request_id).toMatch(/\S{8,}/);
  return problem;
}

/** A 400 that names exactly these members (JSON Pointers) or parameters, each with a sentence. */
export function expectInvalid(answer: HttpAnswer, ...where: string[]): ProblemBody {
  const problem = expectProblem(answer, 400, 'validation-failed');
  expect(problem.errors?.map(({ pointer, parameter }) => pointer ?? parameter)).toEqual(where);
  for (const { detail } of problem.errors ?? []) expect(detail).toMatch(/\w+ \w+/);
  return problem;
}
