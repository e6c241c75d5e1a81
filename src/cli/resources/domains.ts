import type { Member } from '../management-api.js';
import type { CommonOptions, Resource } from './resource.js';

export const domains: Resource = {
  noun: 'domains',
  operations: { list: 'listDomains', show: 'getDomain', update: 'updateDomain', delete: 'deleteDomain' },
  one: 'domain',
  summary: 'domains of a tenant’s own, at which it answers',
  argument: 'domain',
  idMember: 'domain',
  list: {
    summary: 'list the domains of a tenant and their states',
    columns: [
      ['DOMAIN', 'domain'],
      ['STATE', 'status'],
      ['PRIMARY', ({ primary }) => (primary ? 'yes' : '')],
      ['ISSUER', 'issuer'],
    ],
  },
  switches: [
    {
      verb: 'make-primary',
      summary: 'show this address in mails and in the API',
      body: { primary: true },
      done: 'is the primary address.',
    },
    {
      verb: 'unset-primary',
      summary: 'show the path address again',
      body: { primary: false },
      done: 'is not the primary address.',
    },
  ],
  deletion: { summary: 'delete a domain', consequence: 'Nobody can sign in there any more.' },
  more: (noun, { common, api: connect, answer }) => {
    common(noun.command('create <tenant> <domain>').description('claim a domain, and show how to prove it')).action(
      async (tenant: string, domain: string, options: CommonOptions) => {
        const api = await connect(options);
        const { body } = await api.send('createDomain', {
          path: { tenant },
          body: { domain },
          missing: `tenant ${tenant}`,
        });
        answer(options, body, () => challengeOf(tenant, body));
      },
    );
    common(noun.command('verify <tenant> <domain>').description('look for the proof, and say what was found')).action(
      async (tenant: string, domain: string, options: CommonOptions) => {
        const api = await connect(options);
        const path = { tenant, domain };
        const { body } = await api.send('verifyDomain', { path, missing: `domain ${domain} of tenant ${tenant}` });
        answer(options, body, () => foundOf(tenant, body));
      },
    );
  },
};

function challengeOf(tenant: string, body: Member): string {
  const { dns, file } = body['challenge'] as { dns: Member; file: Member };
  return [
    `Prove that you hold ${String(body['domain'])} in one of two ways:`,
    `  a record  ${String(dns['name'])} TXT "${String(dns['value'])}"`,
    `  a file    ${String(file['url'])} with the line ${String(file['content'])}`,
    `Then: npx tenantry domains verify ${tenant} ${String(body['domain'])}`,
  ].join('\n');
}

function foundOf(tenant: string, body: Member): string {
  if (body['status'] === 'verified') return `It is verified. Tenant ${tenant} answers at ${String(body['issuer'])}.`;
  const { dns, file } = body['last_check'] as { dns: Member; file: Member | null };
  const found = (dns['found'] as string[]).map((record) => `\n  found: ${record}`).join('');
  return [
    'It is not proven yet.',
    `Record: ${String(dns['detail'])}${found}`,
    ...(file ? [`File: ${String(file['detail'])}`] : []),
    challengeOf(tenant, body),
  ].join('\n');
}
