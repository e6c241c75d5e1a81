import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { tableOf } from '../table.js';
import { type ClientHelp, addClientHelp } from './client-help.js';
import { addOwners } from './client-owners.js';
import type { CommonOptions, Resource, Tools } from './resource.js';

interface DecisionOptions extends CommonOptions {
  readonly ifMatch?: string;
  readonly reason?: string;
}

const HELP: ClientHelp = {
  argument: 'registration',
  test: (api, tenant, id, query) => api.send('testRedirectUri', { ...targetOf(tenant, id), query }),
  list: (api, tenant, id) => api.send('listClientSnippets', targetOf(tenant, id)),
  get: (api, tenant, id, library) => {
    const about = targetOf(tenant, id);
    return api.send('getClientSnippet', { ...about, path: { ...about.path, library } });
  },
};

export const clientRegistrations: Resource = {
  noun: 'client-registrations',
  operations: { list: 'listClientRegistrations', show: 'getClientRegistration' },
  one: 'client registration',
  summary: 'clients that developers register, and the decisions on them',
  argument: 'registration',
  idMember: 'id',
  list: {
    summary: 'list the clients that developers register',
    columns: [
      ['ID', 'id'],
      ['CLIENT', 'client_id'],
      ['NAME', ({ client_name: name }) => name ?? ''],
      ['STATE', 'state'],
      ['HANDED IN', ({ submitted_at: at }) => at ?? ''],
    ],
    filters: [
      {
        flags: '--state <state>',
        member: 'state',
        description: 'only those that are draft, pending, approved, rejected or suspended',
      },
    ],
  },
  more: (noun, tools) => {
    addApproval(noun, tools);
    addRejection(noun, tools);
    addSuspension(noun, tools);
    addClientHelp(noun, tools, HELP);
    addOwners(noun, tools);
  },
};

/** What is approved is what was shown: the version goes with the decision. */
function addApproval(noun: Command, { terminal, common, api: connect, answer, confirm }: Tools): void {
  common(noun.command('approve <tenant> <registration>').description('approve what is proposed, after it was shown'))
    .option('--if-match <etag>', 'approve this version only, as "show" names it')
    .option('--yes', 'do not ask')
    .action(async (tenant: string, id: string, options: DecisionOptions) => {
      const api = await connect(options);
      const target = targetOf(tenant, id);
      const { body: seen, etag } = await api.send('getClientRegistration', target);
      if (!options.json) terminal.print(changesOf(seen));
      await confirm(options, `The client ${String(seen['client_name'] ?? seen['client_id'])} will be as shown.`);
      const ifMatch = options.ifMatch ?? etag;
      const { body } = await api.send('approveClientRegistration', { ...target, headers: { 'If-Match': ifMatch } });
      answer(options, body, () => `The client ${String(body['client_id'])} of tenant ${tenant} is approved.`);
    });
}

function addRejection(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('reject <tenant> <registration>').description('reject what is proposed'))
    .requiredOption('--reason <text>', 'what the developer is told')
    .option('--if-match <etag>', 'reject this version only, as "show" names it')
    .action(async (tenant: string, id: string, options: DecisionOptions) => {
      const api = await connect(options);
      const target = targetOf(tenant, id);
      const ifMatch = options.ifMatch ?? (await api.send('getClientRegistration', target)).etag;
      const request = { ...target, headers: { 'If-Match': ifMatch }, body: { reason: options.reason ?? '' } };
      const { body } = await api.send('rejectClientRegistration', request);
      answer(options, body, () => `What was proposed for ${String(body['client_id'])} is rejected.`);
    });
}

function addSuspension(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('suspend <tenant> <registration>').description('suspend the client; its tokens stop at once'))
    .option('--reason <text>', 'what the developer is told')
    .action(async (tenant: string, id: string, options: DecisionOptions) => {
      const api = await connect(options);
      const sent = options.reason === undefined ? {} : { reason: options.reason };
      const { body } = await api.send('suspendRegisteredClient', { ...targetOf(tenant, id), body: sent });
      answer(options, body, () => `The client ${String(body['client_id'])} of tenant ${tenant} is suspended.`);
    });
  common(noun.command('resume <tenant> <registration>').description('let a suspended client go on')).action(
    async (tenant: string, id: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('resumeRegisteredClient', targetOf(tenant, id));
      answer(options, body, () => `The client ${String(body['client_id'])} of tenant ${tenant} goes on.`);
    },
  );
}

function changesOf(registration: Member): string {
  const changes = registration['changes'] as readonly Member[];
  if (changes.length === 0) return 'Nothing differs.';
  return tableOf(
    [
      ['MEMBER', 'member'],
      ['BEFORE', ({ before }: Member) => JSON.stringify(before)],
      ['AFTER', ({ after }: Member) => JSON.stringify(after)],
    ],
    changes,
  );
}

function targetOf(tenant: string, id: string) {
  return { path: { tenant, registration_id: id }, missing: `client registration ${id} of tenant ${tenant}` };
}
