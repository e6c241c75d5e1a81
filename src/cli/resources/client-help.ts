import type { Command } from 'commander';
import type { ManagementApi, Member } from '../management-api.js';
import { tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

interface Answer {
  readonly body: Member;
}

/** Where the help for a client is found: by the client, or by what a developer handed in. */
export interface ClientHelp {
  readonly argument: string;
  readonly test: (
    api: ManagementApi,
    tenant: string,
    id: string,
    query: { readonly redirect_uri: string },
  ) => Promise<Answer>;
  readonly list: (api: ManagementApi, tenant: string, id: string) => Promise<Answer>;
  readonly get: (api: ManagementApi, tenant: string, id: string, library: string) => Promise<Answer>;
}

/** `test-redirect` and `snippet`. */
export function addClientHelp(noun: Command, { common, api: connect, answer }: Tools, help: ClientHelp): void {
  common(
    noun
      .command(`test-redirect <tenant> <${help.argument}> <uri>`)
      .description('say which character of a redirect URI differs from those that are registered'),
  ).action(async (tenant: string, id: string, uri: string, options: CommonOptions) => {
    const { body } = await help.test(await connect(options), tenant, id, { redirect_uri: uri });
    answer(options, body, () => testOf(body));
  });
  common(
    noun
      .command(`snippet <tenant> <${help.argument}> [library]`)
      .description('show code with the values of the client, or for which libraries there is some'),
  ).action(async (tenant: string, id: string, library: string | undefined, options: CommonOptions) => {
    const api = await connect(options);
    if (library !== undefined) {
      const { body } = await help.get(api, tenant, id, library);
      return answer(options, body, () => String(body['code']).trimEnd());
    }
    const { body } = await help.list(api, tenant, id);
    answer(options, body, () => tableOf(LIBRARIES, body['data'] as readonly Member[]));
  });
}

const LIBRARIES = [
  ['LIBRARY', 'library'],
  ['TITLE', 'title'],
  ['LANGUAGE', 'language'],
] as const;

function testOf(body: Member): string {
  if (body['matches'] === true) return 'The redirect URI matches.';
  const comparisons = body['comparisons'] as readonly Member[];
  if (comparisons.length === 0) return 'No redirect URI is registered.';
  return tableOf(
    [
      ['REGISTERED', 'registered'],
      ['CHARACTER', ({ difference }: Member) => String((difference as Member)['position'])],
      ['DIFFERENCE', ({ difference }: Member) => String((difference as Member)['detail'])],
    ],
    comparisons,
  );
}
