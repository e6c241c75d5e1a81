import type { Command } from 'commander';
import { change } from './change.js';
import { toNumber } from './options.js';
import type { CommonOptions, Tools } from './resource.js';

/** `tenants rename` and `tenants end-former-slug`. */
export function addRenaming(noun: Command, { common, api: connect, answer, confirm }: Tools): void {
  common(
    noun.command('rename <slug> <new_slug>').description('give a tenant another slug; the old one goes on for a while'),
  )
    .option('--days <days>', 'how long the addresses of the old slug answer (default: 30)')
    .action(async (slug: string, newSlug: string, options: CommonOptions & { readonly days?: string }) => {
      const api = await connect(options);
      const days = options.days === undefined ? {} : { former_slug_days: toNumber(options.days) };
      const target = { path: { tenant: slug }, missing: `tenant ${slug}` };
      const ids = { read: 'getTenant', write: 'updateTenant' } as const;
      const { body } = await change(api, { ...ids, ...target }, { slug: newSlug, ...days }, undefined);
      const former = (body['former_slugs'] as Record<string, unknown>[]).find((one) => one['slug'] === slug);
      answer(
        options,
        body,
        () =>
          `The tenant is ${newSlug}, at ${String(body['issuer'])}.` +
          (former ? ` The addresses of ${slug} answer until ${String(former['answers_until'])}.` : ''),
      );
    });
  common(
    noun.command('end-former-slug <slug> <former>').description('end the addresses of a former slug before their time'),
  )
    .option('--yes', 'do not ask')
    .action(async (slug: string, former: string, options: CommonOptions) => {
      await confirm(options, `Clients that still use the addresses of ${former} stop working.`);
      const api = await connect(options);
      const missing = `tenant ${slug} with a former slug ${former} that answers`;
      await api.send('endFormerSlug', { path: { tenant: slug, slug: former }, missing });
      answer(options, {}, () => `The addresses of ${former} answer no longer. The slug stays reserved.`);
    });
}
