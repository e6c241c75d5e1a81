import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type CreateTenantOptions, createTenant } from '../create-tenant.js';
import type { Member } from '../management-api.js';
import { cell, pairs, table } from '../table.js';
import { change } from './change.js';
import { addChange, addOptions, bodyFor, changesOf } from './commands.js';
import { explainedPolicy } from './explained-policy.js';
import { AGE, searching } from './list-options.js';
import { toAssignment, toList } from './options.js';
import { DRY_RUN, dryRun } from './policy-dry-run.js';
import { addQuotas } from './quotas.js';
import { addUsage } from './usage.js';
import { addRenaming } from './tenant-renaming.js';
import { addReadiness } from './readiness.js';
import { addTenantDeletion } from './tenant-deletions.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';

const IMAGES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

const BRANDING: readonly Option[] = [
  {
    flags: '--logo <file>',
    member: 'logo',
    description: 'a PNG, JPEG or WebP image of at most 180 kB',
    read: toDataUri,
  },
  { flags: '--logo-dark <file>', member: 'logo_dark', description: 'the same, for dark mode', read: toDataUri },
  { flags: '--favicon <file>', member: 'favicon', description: 'what browsers show beside the title', read: toDataUri },
  { flags: '--primary-color <color>', member: 'primary_color', description: 'of buttons and links, such as #0a7d5a' },
  { flags: '--background-color <color>', member: 'background_color', description: 'behind the form' },
  { flags: '--default-locale <tag>', member: 'default_locale', description: 'language of the pages, such as de' },
];

export const tenants: Resource = {
  noun: 'tenants',
  ofPlatform: true,
  operations: { list: 'listTenants', show: 'getTenant', update: 'updateTenant' },
  one: 'tenant',
  summary: 'customers of the platform, each with its own issuer, users and clients',
  argument: 'slug',
  idMember: 'slug',
  list: {
    summary: 'list the tenants and their states',
    filters: [
      ...searching('a slug, name, domain or id', 'created_at, slug or display_name'),
      { flags: '--status <status>', member: 'status', description: 'active or suspended' },
      { flags: '--policy-template <name>', member: 'policy_template', description: 'those that inherit from it' },
      ...AGE,
    ],
    columns: [
      ['SLUG', 'slug'],
      ['NAME', 'display_name'],
      ['STATE', 'status'],
      ['ISSUER', 'issuer'],
    ],
  },
  update: [
    { flags: '--name <text>', member: 'display_name', description: 'what people read' },
    { flags: '--template <name>', member: 'policy_template', description: 'the policy template it inherits from' },
    {
      flags: '--locks <member...>',
      member: 'policy_locks',
      description: 'members of the policy that clients do not decide',
      read: toList,
    },
  ],
  switches: [
    {
      verb: 'suspend',
      summary: 'let nobody sign in and no token work, without deleting anything',
      body: { status: 'suspended' },
      done: 'is suspended: it answers as if it did not exist, until "tenants resume".',
    },
    { verb: 'resume', summary: 'end a suspension', body: { status: 'active' }, done: 'is active.' },
  ],
  more: (noun, tools) => {
    tools
      .common(noun.command('create <slug>').description('onboard a tenant, with its first administrator if you like'))
      .option('--name <text>', 'what people read (default: the slug)')
      .option(
        '--admin <address>',
        'e-mail address or user name of its first administrator: makes the account, its password and the client ' +
          'with which administrators use this command line; safe to repeat',
      )
      .option('--invite <address>', 'e-mail address of its first administrator, who gets a mail and makes the account')
      .action(async (slug: string, options: CommonOptions & CreateTenantOptions) => {
        const api = await tools.api(options);
        const { answer, sentences } = await createTenant(api, slug, options);
        tools.answer(options, answer, () => sentences);
      });
    addReadiness(noun, tools);
    addRenaming(noun, tools);
    addQuotas(noun, tools);
    addUsage(noun, tools);
    addTenantDeletion(noun, tools);
    addSettings(noun, tools, { member: 'policy', summary: 'show a tenant’s rules, or set some', named: [] });
    addSettings(noun, tools, { member: 'branding', summary: 'show a tenant’s look, or change it', named: BRANDING });
  },
};

interface Settings {
  readonly member: 'policy' | 'branding';
  readonly summary: string;
  readonly named: readonly Option[];
}

function addSettings(noun: Command, tools: Tools, settings: Settings): void {
  const { member, summary, named } = settings;
  const command = tools.common(noun.command(`${member} <slug>`).description(summary));
  addOptions(command, named);
  command.option('--set <member=value...>', `members of the ${member}, such as ${EXAMPLES[member]}`, toAssignment);
  addChange(command);
  if (member === 'policy') {
    command.option('--explain', 'say where each value comes from');
    command.option('--client <client_id>', 'with --explain: as it holds for this client');
    command.option(...DRY_RUN);
  }
  command.action((slug: string, options: CommonOptions & Record<string, unknown>) =>
    applySettings(tools, { slug, member, named }, options),
  );
}

const EXAMPLES = { policy: 'access_token_lifetime_seconds=600', branding: 'texts.en.sign_in_title=Welcome' } as const;

async function applySettings(
  tools: Tools,
  { slug, member, named }: Omit<Settings, 'summary'> & { readonly slug: string },
  options: CommonOptions & Record<string, unknown>,
): Promise<void> {
  const api = await tools.api(options);
  const path = { tenant: slug };
  const missing = `tenant ${slug}; "npx tenantry tenants list" shows what there is`;
  const target = { read: 'getTenant', write: 'updateTenant', path, missing } as const;
  const given = changesOf(named, options);
  const names = Object.keys(given);
  if (options['explain']) {
    const client = options['client'] as string | undefined;
    const { answer, shown } = await explainedPolicy(api, slug, { client, missing });
    return tools.answer(options, answer, () => shown);
  }
  if (options['dryRun']) return dryRun(tools, options, target, { [member]: given });
  const { body: tenant }: { readonly body: Member } =
    names.length === 0
      ? await api.send(target.read, { path, missing })
      : await change(api, target, bodyFor(target.write, { [member]: given }), options['ifMatch'] as string | undefined);
  const shown = member === 'policy' ? policyTable(tenant) : pairs(tenant['branding'] as Member);
  tools.answer(options, member === 'policy' ? policyOf(tenant) : (tenant['branding'] as Member), () =>
    names.length === 0 ? shown || `Tenant ${slug} has the platform’s look.` : `Changed: ${names.join(', ')}.\n${shown}`,
  );
}

const policyOf = ({ policy, effective_policy }: Member): Member => ({ policy, effective_policy });

/** What holds, and what of it the tenant decided itself. */
function policyTable({ policy, effective_policy: effective }: Member): string {
  const own = policy as Member;
  const rows = Object.entries(effective as Member).map(([name, value]) => [
    name,
    cell(value),
    name in own ? 'this tenant' : 'inherited',
  ]);
  return table(['MEMBER', 'VALUE', 'FROM'], rows);
}

function toDataUri(file: string): string {
  const type = IMAGES[extname(file).toLowerCase()];
  if (type === undefined) throw new InvalidArgumentError('It must be a .png, .jpg or .webp file.');
  try {
    return `data:${type};base64,${readFileSync(file).toString('base64')}`;
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read (${(error as Error).message}).`);
  }
}
