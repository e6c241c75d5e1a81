import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { composeMail } from '../../src/mail/compose-mail.js';
import { accountExistsMail } from '../../src/mail/templates/account-exists.mail.js';
import { SmtpSender } from '../../src/mail/smtp-sender.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { DEFAULT_POLICY } from '../../src/tenants/tenant-policy.js';
import { NO_TEXTS } from '../../src/tenants/tenant-texts.js';
import { type TestSmtpServer, decodeWords, parseMail, startSmtpServer } from '../support/smtp.js';

let smtp: TestSmtpServer;
let sender: SmtpSender;
beforeAll(async () => {
  smtp = await startSmtpServer();
  sender = new SmtpSender({ smtp: smtp.settings });
});
afterAll(async () => {
  await sender.close();
  await smtp.stop();
});

const TO = 'alice@mail.example';
/** As it may lie in the database of an older version, whatever is checked where it is written today. */
const LINES = ['\r\n', '\n', '\r', '\u0000\r\n', '\u2028', '\u0085', '\u000b'];
const hostile = (line: string) => `Eve${line}Bcc: victim@evil.example${line}Subject: Prize${line}${line}<b>body</b>`;

type Where = Partial<Pick<Tenant, 'displayName' | 'texts'>> & { policy?: Partial<Tenant['policy']>; address?: string };

/** What came of a mail with hostile text in some place: its headers, and how many recipients it had. */
async function headersOf({ policy, address = TO, ...rest }: Where) {
  const tenant = {
    displayName: 'Acme',
    branding: { defaultLocale: 'en' } as Tenant['branding'],
    texts: NO_TEXTS,
    ...rest,
    policy: { ...DEFAULT_POLICY, ...policy },
  };
  const mailFrom = { address: 'no-reply@id.example.com', addresses: [], domains: [] };
  const stored = { id: '1', locale: 'en', createdAt: new Date(0) } as const;
  const content = { to: TO, values: { address }, link: 'https://id.example.com/t/acme/sign-in' };
  const before = smtp.received.length;
  await sender.send(await composeMail(tenant, stored, accountExistsMail, content, mailFrom));
  const [mail, ...more] = smtp.received.slice(before);
  expect([mail?.to, more]).toEqual([TO, []]);
  return parseMail(mail?.raw ?? '').headers;
}

const USUAL = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

describe.each(LINES.map((line) => [JSON.stringify(line), hostile(line)]))('header injection with %s', (_, text) => {
  it.each([
    ["the tenant's name", { displayName: text }],
    ["the sender's name", { policy: { mailFromName: text } }],
    ["the sender's address", { policy: { mailFrom: text } }],
    ['the reply address', { policy: { mailReplyTo: `help@acme.example${text}` } }],
    ["the tenant's own subject", { texts: { en: { 'mail.accountExists.subject': text } } }],
    [
      "the tenant's own subject, and what a person typed",
      { texts: { en: { 'mail.accountExists.subject': '{address}' } }, address: text },
    ],
    ['what a person typed', { address: text }],
  ] as const)('by %s adds no header, recipient or body', async (_place, where) => {
    const headers = await headersOf(where);
    expect(Object.keys(headers).sort()).toEqual(USUAL);
    expect(headers['to']).toBe(TO);
    expect(headers['from']).toMatch(/<no-reply@id\.example\.com>$/);
    for (const name of ['subject', 'from'])
      expect(decodeWords(headers[name] ?? '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });
});
