import { createContext, use } from 'react';
import { type ApiProblem, Unreachable, problemOf } from './api-problem.js';
import type { AnswerOf, OperationId, RequestOf } from './operation.js';
import { type LooseRequest, wireRequest } from './request.js';

export interface Answer<Body> {
  readonly body: Body;
  /** The version, for `If-Match`. */
  readonly etag: string | undefined;
}

export interface Api {
  /** @throws ApiProblem when the platform refuses, Unreachable when it cannot be asked */
  readonly call: <Id extends OperationId>(
    id: Id,
    request: RequestOf<Id>,
    signal?: AbortSignal,
  ) => Promise<Answer<AnswerOf<Id>>>;
  /** The same for those who hold the operation in a variable. */
  readonly callAny: (id: OperationId, request: LooseRequest, signal?: AbortSignal) => Promise<Answer<unknown>>;
  /** An answer that is read as it comes, such as the live audit log. */
  readonly stream: (id: OperationId, request: LooseRequest, signal: AbortSignal) => Promise<Response>;
  /** A request to the console itself: `session`, `sign-out`. */
  readonly console: (method: string, address: string) => Promise<Response>;
}

export interface ApiEvents {
  /** Nobody is signed in any more. */
  readonly onSignedOut: (problem: ApiProblem) => void;
  /** A permission is missing that the page believed to be there. */
  readonly onForbidden: (problem: ApiProblem) => void;
  readonly onReach: (isReachable: boolean) => void;
}

/** A header that no other site can set. */
const OWN_HEADER = { 'Tenantry-Console': '1' };

/** @param base address of the console with a slash at its end */
export function createApi(base: string, events: ApiEvents): Api {
  const send = async (address: string, init: RequestInit): Promise<Response> => {
    const headers = { ...OWN_HEADER, ...(init.headers as Record<string, string> | undefined) };
    try {
      const answer = await fetch(new URL(address, base), { redirect: 'error', ...init, headers });
      events.onReach(![502, 503, 504].includes(answer.status));
      return answer;
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      events.onReach(false);
      throw new Unreachable('The platform was not reached.');
    }
  };
  const ask = async (id: OperationId, request: LooseRequest, signal?: AbortSignal): Promise<Response> => {
    const { method, address, headers, body } = wireRequest(id, request);
    const init = { method, headers, ...(body !== undefined && { body }), ...(signal && { signal }) };
    const answer = await send(address.slice(1), init);
    if (answer.ok) return answer;
    const problem = await problemOf(answer);
    if (answer.status === 401) events.onSignedOut(problem);
    if (answer.status === 403) events.onForbidden(problem);
    throw problem;
  };
  const callAny: Api['callAny'] = async (id, request, signal) => {
    const answer = await ask(id, request, signal);
    const body: unknown = answer.status === 204 ? undefined : await answer.json();
    return { body, etag: answer.headers.get('etag') ?? undefined };
  };
  return {
    call: async <Id extends OperationId>(id: Id, request: RequestOf<Id>, signal?: AbortSignal) =>
      (await callAny(id, request, signal)) as Answer<AnswerOf<Id>>,
    callAny,
    stream: ask,
    console: (method, address) => send(address, { method }),
  };
}

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error('There is no API outside ApiProvider.');
  return api;
}
