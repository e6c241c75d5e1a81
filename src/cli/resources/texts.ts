import type { Command } from 'commander';
import { change } from './change.js';
import type { CommonOptions, Resource, Tools } from './resource.js';

export const texts: Resource = {
  noun: 'texts',
  operations: { list: 'listTexts' },
  one: 'text',
  summary: 'the words of a tenant’s pages and mails',
  argument: 'key',
  idMember: 'key',
  list: {
    summary: 'list the texts in a language, and what the tenant wrote in their place',
    filters: [
      { flags: '--locale <tag>', member: 'locale', description: 'language (default: the tenant’s)' },
      { flags: '--prefix <text>', member: 'prefix', description: 'only keys that begin so, such as signIn.' },
      {
        flags: '--overridden <yes>',
        member: 'overridden',
        description: 'true: only what the tenant wrote itself; false: only the others',
      },
    ],
    columns: [
      ['KEY', 'key'],
      ['OURS', 'default'],
      ['THE TENANT’S', ({ override }) => override ?? ''],
    ],
  },
  more: (noun, tools) => {
    addSet(noun, tools);
    addReset(noun, tools);
  },
};

function addSet(noun: Command, tools: Tools): void {
  tools
    .common(
      noun
        .command('set <tenant> <locale> <key> <text>')
        .description('put a text in the place of ours, with the placeholders of ours'),
    )
    .action(async (tenant: string, locale: string, key: string, text: string, options: CommonOptions) => {
      await write(tools, options, { tenant, locale, key, text });
    });
}

function addReset(noun: Command, tools: Tools): void {
  tools
    .common(noun.command('reset <tenant> <locale> <key>').description('go back to our text'))
    .action(async (tenant: string, locale: string, key: string, options: CommonOptions) => {
      await write(tools, options, { tenant, locale, key, text: null });
    });
}

interface Writing {
  readonly tenant: string;
  readonly locale: string;
  readonly key: string;
  readonly text: string | null;
}

async function write(tools: Tools, options: CommonOptions, { tenant, locale, key, text }: Writing): Promise<void> {
  const api = await tools.api(options);
  const path = { tenant, locale };
  const missing = `tenant ${tenant} with pages in the language ${locale}`;
  const { body } = await change(
    api,
    { read: 'getOwnTexts', write: 'updateOwnTexts', path, missing },
    { texts: { [key]: text } },
  );
  const done = text === null ? 'is ours again' : 'was changed';
  tools.answer(options, body, () => `The text ${key} of tenant ${tenant} in ${locale} ${done}.`);
}
