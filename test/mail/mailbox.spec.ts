import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '../support/http.js';
import { send } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { ManagementClient } from '../support/management-client.js';
import { startPlatform } from '../support/platform.js';
import { expectProblem } from '../support/problems.js';
import { MailFixture } from './mail-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
const mails = new MailFixture(platform);

let id: string;
beforeAll(async () => {
  await mails.send(await mails.tenant(acme), {
    template: 'email_change',
    to: 'alice@mailbox.example',
    locale: 'ar',
    values: { minutes: 30 },
    link: '/account/email/confirm?token=abc',
    code: '12345678',
  });
  ({ id } = await mails.row('alice@mailbox.example'));
});

const open = (path: string, url = platform.url): Promise<HttpAnswer> =>
  send(`${url}${path}`, { headers: { accept: 'text/html' } });

describe('the mailbox of a development installation', () => {
  it('lists mails of all tenants with recipient and subject', async () => {
    const { status, text } = await open('/dev/mail');
    expect(status).toBe(200);
    expect(text).toContain('alice@mailbox.example');
    expect(text).toContain(`href="/dev/mail/acme/${id}"`);
  });

  it('shows a mail as text, with its link and its code', async () => {
    const { status, text, headers } = await open(`/dev/mail/acme/${id}`);
    expect(status).toBe(200);
    expect(text).toContain('12345678');
    expect(text).toContain(`href="${acme.issuer}/account/email/confirm?token=abc"`);
    expect(text).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(headers['content-security-policy']).toContain("frame-src 'self'");
  });

  it('shows the HTML where nothing runs and nothing is loaded, from right to left where the language does', async () => {
    const { status, text, headers } = await open(`/dev/mail/acme/${id}/html`);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(text).not.toMatch(/<script|<img|url\(/);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; .*sandbox allow-popups/,
    );
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  it('has each mail at its own tenant alone, and nothing below the address of a tenant', async () => {
    const elsewhere = [
      `/dev/mail/globex/${id}`,
      `/dev/mail/acme/${randomUUID()}`,
      '/dev/mail/acme/x',
      '/dev/mail/A/x/html',
    ];
    const paths = [...elsewhere, `/dev/mail/globex/${id}/html`, '/t/acme/dev/mail', `/t/acme/dev/mail/acme/${id}`];
    for (const path of paths) expect([path, (await open(path)).status]).toEqual([path, 404]);
  });
});

describe('the mail of a tenant in the management API', () => {
  it('is listed with its state and without content, newest first, page by page', async () => {
    const sent = await platform.operator.request('POST', '/tenants/acme/mail/test', {
      to: 'admin@mailbox.example',
      locale: 'de',
    });
    expect(sent.status).toBe(200);
    expect(sent.json()).toMatchObject({
      template: 'test',
      locale: 'de',
      state: 'kept',
      recipient: 'a…n@mailbox.example',
    });
    const first = await platform.operator.get<{ data: { id: string }[]; page: { next: string } }>(
      '/tenants/acme/mail?limit=1',
    );
    expect(first.data).toEqual([sent.json()]);
    const second = await platform.operator.request('GET', `/tenants/acme/mail?limit=1&after=${first.page.next}`);
    expect(second.json<{ data: unknown[] }>().data).toMatchObject([{ id, template: 'email_change' }]);
    expect(second.text).not.toMatch(/12345678|token|alice@/);
    expect(await platform.operator.get(`/tenants/acme/mail/${id}`)).toMatchObject({ id, state: 'kept' });
  });

  it('is of that tenant alone', async () => {
    expectProblem(await platform.operator.request('GET', `/tenants/${globex.slug}/mail/${id}`), 404, 'not-found');
    expect(await platform.operator.get('/tenants/globex/mail')).toMatchObject({ data: [] });
  });

  it('takes no test mail for what is no address, or beyond the limit', async () => {
    for (const to of ['nobody', 'a@b.example\r\nBcc: c@d.example', 'Alice <a@b.example>']) {
      expectProblem(
        await platform.operator.request('POST', '/tenants/acme/mail/test', { to }),
        400,
        'validation-failed',
      );
    }
    await platform.operator.patch('/tenants/globex', { policy: { mail_recipient_hourly_limit: 1 } });
    const again = () => platform.operator.request('POST', '/tenants/globex/mail/test', { to: 'often@mailbox.example' });
    expect((await again()).status).toBe(200);
    const refused = await again();
    expectProblem(refused, 429, 'too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('mail_from', () => {
  it('has to be one that the operator allows', async () => {
    const change = (address: string) =>
      platform.operator.request('PATCH', '/tenants/acme', { policy: { mail_from: address } }, { 'if-match': '*' });
    const { detail } = expectProblem(await change('ceo@bank.example'), 400, 'validation-failed');
    expect(detail).toContain('no-reply@id.example.com');
    expect((await change('no-reply@id.example.com')).status).toBe(200);
  });
});

// The last one: in one process the second platform takes over the management API of the first.
describe('in production', () => {
  it('there is no such mailbox, and no test mail without an SMTP server', async () => {
    const production = await startPlatform({ beside: platform, config: { production: true } });
    const url = `http://localhost:${production.config.listen.port}`;
    for (const path of ['/dev/mail', `/dev/mail/acme/${id}`, `/dev/mail/acme/${id}/html`]) {
      expect([path, (await open(path, url)).status]).toEqual([path, 404]);
    }
    const operator = new ManagementClient(url, platform.operator.token);
    const answer = await operator.request('POST', '/tenants/acme/mail/test', { to: 'admin@mailbox.example' });
    expect(expectProblem(answer, 409, 'conflict').detail).toContain('SMTP_URL');
    const policy = { mail_reply_to: 'help@mailbox.example' };
    const changed = await operator.request('PATCH', '/tenants/acme', { policy }, { 'if-match': '*' });
    const warning = { code: 'no_mail_server', pointer: '/policy/mail_reply_to' };
    expect(changed.json<{ warnings: unknown[] }>().warnings).toContainEqual(expect.objectContaining(warning));
    await production.stop();
  });
});
