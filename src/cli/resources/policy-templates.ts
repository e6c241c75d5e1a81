import type { ManagementApi, Member } from '../management-api.js';
import { pairs } from '../table.js';
import { change } from './change.js';
import { addChange, addOptions, bodyFor, changesOf } from './commands.js';
import { toAssignment, toList } from './options.js';
import { DRY_RUN, dryRun } from './policy-dry-run.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';

const LOCKS: Option = {
  flags: '--locks <member...>',
  member: 'policy_locks',
  description: 'members that nothing below decides',
  read: toList,
};
const NAMES: readonly Option[] = [
  { flags: '--display-name <text>', member: 'display_name', description: 'what people call it (default: its name)' },
  { flags: '--description <text>', member: 'description', description: 'what it is for' },
];

/** Policies above tenants: of kinds of tenants, and of the platform. */
export const policyTemplates: Resource = {
  noun: 'policy-templates',
  ofPlatform: true,
  operations: {
    list: 'listPolicyTemplates',
    show: 'getPolicyTemplate',
    create: 'createPolicyTemplate',
    update: 'updatePolicyTemplate',
    delete: 'deletePolicyTemplate',
  },
  one: 'policy template',
  summary: 'policies that tenants inherit: of kinds of tenants, and of the platform',
  argument: 'name',
  idMember: 'name',
  list: {
    summary: 'list the templates',
    columns: [
      ['NAME', 'name'],
      ['CALLED', 'display_name'],
      ['DECIDES', ({ policy }) => Object.keys(policy as Member).join(' ')],
      ['LOCKS', ({ policy_locks: locks }) => (locks as string[]).join(' ')],
    ],
  },
  create: {
    summary: 'make a template; its policy is given as --set policy.<member>=<value>',
    argument: { name: '<name>', member: 'name' },
    options: [...NAMES, LOCKS],
    complete: async (body) => ({ display_name: body['name'], ...body }),
  },
  update: [...NAMES, LOCKS],
  deletion: { summary: 'delete a template that no tenant is of', consequence: 'No tenant is of it.' },
  more: (noun, tools) => {
    const command = tools.common(
      noun.command('platform').description('show what the platform decides for all tenants, or change it'),
    );
    addOptions(command, [LOCKS]);
    command.option('--set <member=value...>', 'members of the policy, such as require_pkce=true', toAssignment);
    addChange(command);
    command.option(...DRY_RUN);
    command.action((options: Given) => applyPlatform(tools, options));
    tools
      .common(
        noun
          .command('try <name>')
          .description(
            'say which clients and users of its tenants a change of a template would break; nothing is changed',
          ),
      )
      .option('--set <member=value...>', 'members of the policy, such as require_pkce=true', toAssignment)
      .option('--unset <member...>', 'members that are inherited again', toList)
      .action(async (name: string, options: Given) => {
        const target = { path: { template: name }, missing: `policy template ${name}` };
        const changes = { policy: changesOf([], options) };
        await dryRun(tools, options, { write: 'updatePolicyTemplate', ...target }, changes);
      });
  },
};

type Given = CommonOptions & Readonly<Record<string, unknown>>;

async function applyPlatform(tools: Tools, options: Given): Promise<void> {
  const target = {
    read: 'getPlatformPolicy',
    write: 'updatePlatformPolicy',
    path: undefined,
    missing: 'policy',
  } as const;
  const { policy_locks: locks } = changesOf([LOCKS], { locks: options['locks'] });
  const policy = changesOf([], options);
  const body = {
    ...(Object.keys(policy).length > 0 && { policy }),
    ...(locks !== undefined && { policy_locks: locks }),
  };
  if (options['dryRun']) return dryRun(tools, options, { write: target.write, missing: target.missing }, body);
  const api: ManagementApi = await tools.api(options);
  const { body: shown }: { readonly body: Member } =
    Object.keys(body).length === 0
      ? await api.send(target.read, { missing: target.missing })
      : await change(api, target, bodyFor(target.write, body), options['ifMatch'] as string | undefined);
  tools.answer(options, shown, () => {
    const decided = pairs(shown['policy'] as Member) || 'The platform decides nothing; the built-in defaults hold.';
    const locked = shown['policy_locks'] as string[];
    return locked.length === 0 ? decided : `${decided}\nLocked: ${locked.join(', ')}`;
  });
}
