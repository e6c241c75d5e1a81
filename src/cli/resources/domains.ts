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
      ['PROVEN', 'proven_at'],
      ['LAPSES', 'lapses_at'],
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
    common(
      noun.command('verify <tenant> <domain>').description('look for the proof now, and say what was found'),
    ).action(async (tenant: string, domain: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = { tenant, domain };
      const { body } = await api.send('verifyDomain', { path, missing: `domain ${domain} of tenant ${tenant}` });
      answer(options, body, () => foundOf(tenant, body));
    });
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
  const answers = `Tenant ${tenant} answers at ${String(body['issuer'])}`;
  const isVerified = body['status'] === 'verified';
  const isMissing = body['failing_since'] !== null;
  const { dns, file } = body['last_check'] as { dns: Member; file: Member | null };
  const found = (dns['found'] as string[]).map((record) => `\n  found: ${record}`).join('');
  const isUnclear = [dns, file].some((finding) => finding?.['conclusive'] === false);
  if (isVerified && (dns['proven'] === true || file?.['proven'] === true)) return `It is verified. ${answers}.`;
  if (isVerified && !isMissing && isUnclear) return `It stays verified, because servers gave no answer. ${answers}.`;
  return [
    isVerified
      ? `Its proof is missing. ${answers} until ${String(body['lapses_at'])}, and longer if the proof is there by then.`
      : body['lapsed_at'] !== null
        ? `Its proof was missing for too long, so tenant ${tenant} answers there no longer. It is not proven yet.`
        : 'It is not proven yet.',
    `Record: ${String(dns['detail'])}${found}`,
    ...(file ? [`File: ${String(file['detail'])}`] : []),
    challengeOf(tenant, body),
  ].join('\n');
}
