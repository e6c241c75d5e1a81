import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { pairs, tableOf } from '../table.js';
import { change } from './change.js';
import { addChange, addOptions, bodyFor, changesOf } from './commands.js';
import { toAssignment } from './options.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';

const MEMBERS: readonly Option[] = [
  { flags: '--primary-color <color>', member: 'branding.primary_color', description: 'of buttons and links' },
  {
    flags: '--primary-color-dark <color>',
    member: 'branding.primary_color_dark',
    description: 'the same in dark mode',
  },
  { flags: '--background-color <color>', member: 'branding.background_color', description: 'behind the form' },
  { flags: '--mail-from-name <name>', member: 'branding.mail_from_name', description: 'name that mails come from' },
  { flags: '--mail-from <address>', member: 'branding.mail_from', description: 'address that mails come from' },
  { flags: '--mail-reply-to <address>', member: 'branding.mail_reply_to', description: 'where answers to mails go' },
];

export const branding: Resource = {
  noun: 'branding',
  operations: { list: 'listBrandingVersions', show: 'getBrandingVersion' },
  one: 'version',
  summary: 'the look and the words of a tenant’s pages: draft, publication, and what was published before',
  argument: 'number',
  idMember: 'number',
  list: {
    summary: 'list what was published, newest first',
    none: 'Nothing was published yet.',
    columns: [
      ['NUMBER', 'number'],
      ['PUBLISHED', 'published_at'],
      ['BY', 'published_by'],
      ['FROM', 'source'],
      ['NOTE', 'note'],
    ],
  },
  more: (noun, tools) => {
    addDraft(noun, tools);
    addEdit(noun, tools);
    addPreview(noun, tools);
    addPublish(noun, tools);
    addDiscard(noun, tools);
    addRevert(noun, tools);
  },
};

const missingTenant = (tenant: string) => `tenant ${tenant}; "npx tenantry tenants list" shows what there is`;

function addDraft(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun.command('draft <tenant>').description('show the draft, or what is published, and what cannot be read of it'),
  ).action(async (tenant: string, options: CommonOptions) => {
    const request = { path: { tenant }, missing: missingTenant(tenant) };
    const { body } = await (await connect(options)).send('getBrandingDraft', request);
    answer(options, body, () => describeDraft(body));
  });
}

function addEdit(noun: Command, { common, api: connect, answer }: Tools): void {
  const command = common(noun.command('edit <tenant>').description('change the draft; people see nothing of it'));
  addOptions(command, MEMBERS);
  command.option(
    '--set <member=value...>',
    'members of the draft, such as branding.texts.en.sign_in_title=Welcome',
    toAssignment,
  );
  addChange(command);
  command.action(async (tenant: string, options: CommonOptions & Record<string, unknown>) => {
    const target = { path: { tenant }, missing: missingTenant(tenant) };
    const api = await connect(options);
    const ids = { read: 'getBrandingDraft', write: 'updateBrandingDraft' } as const;
    const ifMatch = options['ifMatch'] as string | undefined;
    const changes = bodyFor(ids.write, changesOf(MEMBERS, options));
    const { body } = await change(api, { ...ids, ...target }, changes, ifMatch);
    answer(options, body, () => describeDraft(body));
  });
}

function addPreview(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun.command('preview <tenant>').description('make a link that shows every page and mail with the draft'),
  ).action(async (tenant: string, options: CommonOptions) => {
    const request = { path: { tenant }, missing: missingTenant(tenant) };
    const { body } = await (await connect(options)).send('createBrandingPreview', request);
    answer(
      options,
      body,
      () => `${String(body['url'])}\nWhoever has the link sees the draft, until ${String(body['expires_at'])}.`,
    );
  });
}

interface PublishOptions extends CommonOptions {
  readonly correctContrast?: boolean;
  readonly overwrite?: boolean;
  readonly note?: string;
}

function addPublish(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('publish <tenant>').description('put the draft in the place of what people see'))
    .option('--correct-contrast', 'although colours cannot be read everywhere; the nearest that can are shown')
    .option('--overwrite', 'although something else was published since the draft was begun')
    .option('--note <text>', 'what it is for')
    .action(async (tenant: string, options: PublishOptions) => {
      const { correctContrast, overwrite, note } = options;
      const body = {
        ...(correctContrast && { correct_contrast: true }),
        ...(overwrite && { overwrite: true }),
        ...(note !== undefined && { note }),
      };
      const request = { path: { tenant }, body, missing: missingTenant(tenant) };
      const { body: made } = await (await connect(options)).send('publishBranding', request);
      answer(options, made, () => `The draft of tenant ${tenant} was published as version ${String(made['number'])}.`);
    });
}

function addDiscard(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('discard <tenant>').description('discard the draft; what is published stays')).action(
    async (tenant: string, options: CommonOptions) => {
      const missing = `draft of tenant ${tenant}`;
      await (await connect(options)).send('discardBrandingDraft', { path: { tenant }, missing });
      answer(options, {}, () => `The draft of tenant ${tenant} is gone.`);
    },
  );
}

function addRevert(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('revert <tenant> <number>').description('publish an earlier version again')).action(
    async (tenant: string, number: string, options: CommonOptions) => {
      const missing = `version ${number} of tenant ${tenant}; "npx tenantry branding list ${tenant}" shows what there is`;
      const { body } = await (await connect(options)).send('revertBranding', { path: { tenant, number }, missing });
      answer(options, body, () => `Version ${number} was published again, as version ${String(body['number'])}.`);
    },
  );
}

function describeDraft({ state, is_outdated: isOutdated, branding: look, texts, contrast }: Member): string {
  const { faults } = contrast as { readonly faults: readonly Member[] };
  return [
    state === 'draft' ? 'This is a draft.' : 'There is no draft. This is published:',
    ...(isOutdated ? ['Something else was published since it was begun.'] : []),
    pairs({ ...(look as Member), own_texts: texts }),
    ...(faults.length === 0 ? [] : ['Cannot be read:', tableOf(FAULTS, faults.map(flat))]),
  ].join('\n');
}

const FAULTS: Parameters<typeof tableOf>[0] = [
  ['MEMBER', 'member'],
  ['SCHEME', 'scheme'],
  ['WHERE', 'where'],
  ['RATIO', 'ratio'],
  ['NEEDED', 'needed'],
  ['SHOWN INSTEAD', 'instead'],
];

function flat(fault: Member): Member {
  const [chosen, shown] = [fault['chosen'], fault['shown']] as [Member, Member];
  return {
    ...fault,
    ratio: chosen['ratio'],
    instead: `${String(shown['foreground'])} on ${String(shown['background'])}`,
  };
}
