import { once } from 'node:events';
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toTenantId } from '../../src/database/tenant-id.js';
import { MailQueueRepository } from '../../src/mail/mail-queue.repository.js';
import { MAX_ATTEMPTS, waitAfter } from '../../src/mail/retry-schedule.js';
import { changesHeard } from '../support/changes-heard.js';
import { type Platform, freePort, startPlatform } from '../support/platform.js';
import { type TestSmtpServer, decodeWords, parseMail, refusal, startSmtpServer } from '../support/smtp.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';
import { MailFixture, testMail } from './mail-fixture.js';

let smtp: TestSmtpServer;
let platform: Platform;
let acme: TenantFixture;
let globex: TenantFixture;
let mails: MailFixture;

beforeAll(async () => {
  // One that can be opened again after it was closed.
  smtp = await startSmtpServer({ port: await freePort() });
  platform = await startPlatform({ config: { smtp: smtp.settings } });
  acme = await createTenant(platform, 'acme');
  globex = await createTenant(platform, 'globex');
  mails = new MailFixture(platform);
});
afterAll(async () => {
  await platform.stop();
  await smtp.stop();
});
beforeEach(() => void (smtp.behaviour = {}));

async function sendTo(to: string, tenant: TenantFixture = acme): Promise<void> {
  await mails.send(await mails.tenant(tenant), testMail(to));
}

/** What `claim_mails` leaves for a process that is killed right after it: the mail is claimed, and nobody works on it. */
async function claimAndDie(to: string): Promise<string> {
  const { id } = await mails.row(to);
  const [row] = await platform.database.query<{ claim: string }>(
    `UPDATE mails SET claim = gen_random_uuid(), attempts = attempts + 1, due_at = now() + interval '3 minutes'
      WHERE id = $1 RETURNING claim`,
    [id],
  );
  return row?.claim ?? '';
}

describe('a mail that is taken', () => {
  it('comes once, with its headers, a text and an HTML part', async () => {
    await sendTo('alice@taken.example');
    await mails.deliver();
    const [mail, ...more] = smtp.to('alice@taken.example');
    expect(more).toEqual([]);
    const { headers, parts } = parseMail(mail?.raw ?? '');
    const { id, state, content, reply } = await mails.row('alice@taken.example');
    expect(headers).toMatchObject({
      to: 'alice@taken.example',
      'message-id': `<${id}@id.example.com>`,
      'auto-submitted': 'auto-generated',
    });
    expect(headers['from']).toMatch(/^"?Tenant acme"? <no-reply@id\.example\.com>$/);
    expect(headers['content-type']).toMatch(/^multipart\/alternative/);
    expect(parts['text/plain']).toContain('1 January 1970');
    expect(parts['text/html']).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(parts['text/html']).not.toMatch(/<img|url\(|src=/);
    expect(state).toBe('sent');
    expect(content).toBeNull();
    expect(reply).toMatch(/^250/);
  });

  it('is recorded without its recipient and content', async () => {
    await sendTo('audited@taken.example');
    await mails.deliver();
    const { id } = await mails.row('audited@taken.example');
    const events = (await mails.events('mail.sent')).filter(({ target }) => target === `mail:${id}`);
    expect(events).toEqual([{ target: `mail:${id}`, details: { template: 'test', attempts: 1 } }]);
  });

  it('has the sender, name and reply address of its tenant, as far as the operator allows', async () => {
    await platform.database.query(`UPDATE tenants SET policy = policy || $2 WHERE id = $1`, [
      globex.id,
      {
        mailFromName: 'Globex\r\nBcc: eve@evil.example ‮gro',
        mailFrom: 'ceo@id.example.org',
        mailReplyTo: 'help@globex.example',
      },
    ]);
    await changesHeard(platform);
    await sendTo('person@sender.example', globex);
    await mails.deliver();
    const { headers } = parseMail(smtp.to('person@sender.example')[0]?.raw ?? '');
    expect(decodeWords(headers['from'] ?? '')).toBe('"Globex Bcc: eve@evil.example gro" <no-reply@id.example.com>');
    expect(headers['reply-to']).toBe('help@globex.example');
    expect(headers['bcc']).toBeUndefined();
    await platform.database.query(`UPDATE tenants SET policy = '{}' WHERE id = $1`, [globex.id]);
  });
});

describe('a mail of a tenant with a branding', () => {
  const PNG =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const change = (branding: object) => platform.operator.patch('/tenants/globex', { branding });
  const receive = async (to: string) => {
    await sendTo(to, globex);
    await mails.deliver();
    return smtp.to(to)[0]?.raw ?? '';
  };

  it('has its logo within it, where the HTML shows it, and loads nothing', async () => {
    await change({ logo: PNG });
    const raw = await receive('person@logo.example');
    const { headers, parts } = parseMail(raw);
    expect(headers['content-type']).toMatch(/^multipart\/alternative/);
    const related = parts['multipart/related'] ?? '';
    const [, contentId = ''] = /^Content-Id: <([^>]+)>/im.exec(related) ?? [];
    expect(related).toMatch(/^Content-Disposition: inline/im);
    expect(related.replaceAll('=\r\n', '')).toContain(`src=3D"cid:${contentId}" alt=3D"Tenant globex"`);
    expect(related).not.toMatch(/https?:[^"]*\.(png|webp)|src=3D"(?!cid:)/);
    // The same image, without the tenant's name in it, stands beside the name.
    await change({ logo_with_name: true });
    const beside = await receive('beside@logo.example');
    expect(beside.replaceAll('=\r\n', '')).toMatch(/ alt width[\s\S]*>Tenant globex<\/p>/);
    await change({ logo: null, logo_with_name: null });
    expect(await receive('none@logo.example')).not.toMatch(/cid:|image\/png/);
  });

  it('has the sender of the branding before that of the policy, unless the operator locked it', async () => {
    await platform.operator.patch('/tenants/globex', { policy: { mail_from_name: 'Of the policy' } });
    const senderOf = async (to: string) => {
      const { headers } = parseMail(await receive(to));
      return [decodeWords(headers['from'] ?? ''), headers['reply-to']];
    };
    await change({ mail_from_name: 'Of the branding', mail_reply_to: 'help@globex.example' });
    expect(await senderOf('one@sender.example')).toEqual([
      expect.stringMatching(/^"?Of the branding"? <no-reply@id\.example\.com>$/),
      'help@globex.example',
    ]);
    await platform.operator.patch('/policy', { policy_locks: ['mail_from_name'] });
    expect((await senderOf('two@sender.example'))[0]).not.toContain('Of the branding');
    const refused = await platform.operator.request(
      'PATCH',
      '/tenants/globex/branding',
      { branding: { mail_from_name: 'Another' } },
      { 'if-match': '*' },
    );
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('is locked by the platform')]);
    await platform.operator.patch('/policy', { policy_locks: null });
    await change({ mail_from_name: null, mail_reply_to: null });
  });
});

describe('a mail that is refused for good', () => {
  it.each([
    ['sender', { mailFrom: () => Promise.reject(refusal(550, 'no such sender')) }],
    ['recipient', { rcptTo: () => Promise.reject(refusal(550, 'no such user')) }],
    ['content', { data: () => Promise.reject(refusal(554, 'spam')) }],
  ])('because of its %s fails at once, and its content is removed', async (what, behaviour) => {
    const to = `${what}@refused.example`;
    smtp.behaviour = behaviour;
    await sendTo(to);
    await mails.deliver();
    const { id, state, content, attempts, reply } = await mails.row(to);
    expect([state, content, attempts]).toEqual(['failed', null, 1]);
    expect(reply).toMatch(/^55[04] /);
    const events = (await mails.events('mail.failed')).filter(({ target }) => target === `mail:${id}`);
    expect(events).toEqual([
      { target: `mail:${id}`, details: { template: 'test', attempts: 1, reason: 'refused', code: reply?.slice(0, 3) } },
    ]);
  });
});

describe('a mail that cannot be delivered now', () => {
  it.each([
    ['greeting', 'the greeting is a refusal', { connect: () => Promise.reject(refusal(554, 'not today')) }],
    ['sender', 'the sender is put off', { mailFrom: () => Promise.reject(refusal(451, 'later')) }],
    ['recipient', 'the recipient is put off', { rcptTo: () => Promise.reject(refusal(450, 'greylisted')) }],
    ['content', 'the content is put off', { data: () => Promise.reject(refusal(452, 'full')) }],
  ])('at the %s is sent again later: %s', async (what, _, behaviour) => {
    const to = `${what}@later.example`;
    smtp.disconnect(); // so that there is a greeting
    smtp.behaviour = behaviour;
    await sendTo(to);
    await mails.deliver();
    const put = await mails.row(to);
    expect([put.state, put.attempts]).toEqual(['queued', 1]);
    expect(put.wait_seconds).toBeGreaterThan(5);
    expect(put.wait_seconds).toBeLessThan(60);
    smtp.behaviour = {};
    await mails.advance();
    await mails.deliver();
    expect((await mails.row(to)).state).toBe('sent');
    expect(smtp.to(to)).toHaveLength(1);
  });

  it('because the connection breaks after the content comes again as the same mail', async () => {
    smtp.behaviour = { data: (_, cut) => cut() };
    await sendTo('broken@later.example');
    await mails.deliver();
    expect((await mails.row('broken@later.example')).state).toBe('queued');
    smtp.behaviour = {};
    await mails.advance();
    await mails.deliver();
    // The first one came whole, and only its answer was lost: no sender can tell.
    const ids = smtp.to('broken@later.example').map(({ raw }) => parseMail(raw).headers['message-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect((await mails.row('broken@later.example')).state).toBe('sent');
  });

  it('because there is no server for hours waits for it, and is given up after a day', async () => {
    const { port } = smtp.settings;
    await smtp.stop();
    await sendTo('patient@outage.example');
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      await mails.deliver();
      expect(await mails.row('patient@outage.example')).toMatchObject({ state: 'queued', attempts: attempt });
      await mails.advance();
    }
    await sendTo('saved@outage.example');
    await mails.deliver();
    expect((await mails.row('patient@outage.example')).state).toBe('failed');
    smtp = await startSmtpServer({ port });
    await mails.advance();
    await mails.deliver();
    expect(smtp.to('patient@outage.example')).toEqual([]);
    expect(smtp.to('saved@outage.example')).toHaveLength(1);
  });

  it('leaves readiness alone', async () => {
    smtp.behaviour = { connect: () => Promise.reject(refusal(421, 'closed')) };
    await sendTo('ready@outage.example');
    await mails.deliver();
    const answer = await fetch(`${platform.url}/health/ready`);
    expect(answer.status).toBe(200);
  });
});

describe('the schedule of attempts', () => {
  it('is longer each time, has jitter, and ends within 24 hours', () => {
    const least = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => waitAfter(index + 1, 0) ?? 0);
    const most = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => waitAfter(index + 1, 1) ?? 0);
    expect(least).toEqual([...least].sort((a, b) => a - b));
    expect(least.every((seconds, index) => seconds < (most[index] ?? 0))).toBe(true);
    const longest = most.reduce((sum, seconds) => sum + seconds, 0);
    expect(longest).toBeLessThan(24 * 3600);
    expect(longest).toBeGreaterThan(20 * 3600);
    expect(waitAfter(MAX_ATTEMPTS)).toBeUndefined();
  });
});

describe('a process that is killed', () => {
  it('in the middle of a delivery leaves the mail to another one', async () => {
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(450, 'not yet')) };
    await sendTo('orphan@killed.example');
    await mails.deliver();
    await claimAndDie('orphan@killed.example');
    smtp.behaviour = {};
    await mails.deliver();
    expect(smtp.to('orphan@killed.example')).toEqual([]); // the lease has not ended
    await mails.advance('1 hour');
    await mails.deliver();
    expect(smtp.to('orphan@killed.example')).toHaveLength(1);
  });

  it('and comes back too late cannot end the attempt of another one', async () => {
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(450, 'not yet')) };
    await sendTo('stale@killed.example');
    await mails.deliver();
    const queue = platform.application.nest.get(MailQueueRepository);
    const { id } = await mails.row('stale@killed.example');
    const tenantId = toTenantId(acme.id);
    const first = { id, claim: await claimAndDie('stale@killed.example') };
    const second = { id, claim: await claimAndDie('stale@killed.example') };
    const result = { state: 'sent', reply: '250 OK', event: '[]' } as const;
    expect(await queue.end(tenantId, first, result)).toBe(false);
    expect(await queue.find(tenantId, first)).toBeUndefined();
    expect(await queue.postpone(tenantId, first, { reply: '', waitSeconds: 1 })).toBe(false);
    expect(await queue.end(tenantId, second, result)).toBe(true);
  });
});

describe('mails of one tenant', () => {
  it('that hang do not hold up those of another', async () => {
    const gate = new EventEmitter();
    let hanging = 0;
    smtp.behaviour = {
      rcptTo: async (address) => {
        if (!address.endsWith('@tarpit.example')) return;
        hanging += 1;
        gate.emit('hanging');
        await once(gate, 'open');
      },
    };
    const tenant = await mails.tenant(acme);
    for (let index = 0; index < 12; index += 1) await mails.send(tenant, testMail(`${randomUUID()}@tarpit.example`));
    const delivering = mails.deliver();
    while (hanging < 2) await once(gate, 'hanging');
    const arrived = once(gate, 'arrived');
    const { rcptTo } = smtp.behaviour;
    smtp.behaviour = {
      ...(rcptTo && { rcptTo }),
      data: ({ to }) => void (to === 'quick@other.example' && gate.emit('arrived')),
    };
    await sendTo('quick@other.example', globex);
    await arrived;
    expect(hanging).toBeLessThan(12);
    smtp.behaviour = {};
    gate.emit('open');
    await delivering;
    await mails.deliver();
    expect((await mails.row('quick@other.example')).state).toBe('sent');
  });
});

describe('a test mail', () => {
  const test = (to: string) => platform.operator.request('POST', '/tenants/acme/mail/test', { to });

  it('is answered with what the SMTP server said', async () => {
    const taken = await test('admin@tested.example');
    expect([taken.status, taken.json()]).toMatchObject([200, { state: 'sent', attempts: 1 }]);
    expect(taken.json<{ reply: string }>().reply).toMatch(/^250 /);
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(550, 'no such user')) };
    expect((await test('refused@tested.example')).json()).toMatchObject({ state: 'failed', reply: '550 no such user' });
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(450, 'come back')) };
    expect((await test('later@tested.example')).json()).toMatchObject({ state: 'queued', reply: '450 come back' });
  });
});

describe('a mail whose cause is gone', () => {
  it('is not sent: its user was deleted', async () => {
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(450, 'later')) };
    const user = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: randomUUID() });
    await mails.send(await mails.tenant(acme), testMail('erased@gone.example', { userId: user.id }));
    await mails.deliver();
    await platform.operator.request('DELETE', `/tenants/acme/users/${user.id}`);
    smtp.behaviour = {};
    await mails.advance();
    await mails.deliver();
    expect(smtp.to('erased@gone.example')).toEqual([]);
    expect(await mails.rows('erased@gone.example')).toEqual([]);
  });

  it('is not sent: what it carries has expired', async () => {
    smtp.behaviour = { rcptTo: () => Promise.reject(refusal(450, 'later')) };
    await mails.send(await mails.tenant(acme), testMail('expired@gone.example', { usefulForSeconds: 600 }));
    await mails.deliver();
    await platform.database.query(`UPDATE mails SET useful_until = now() WHERE useful_until IS NOT NULL`);
    smtp.behaviour = {};
    await mails.advance();
    await mails.deliver();
    expect(smtp.to('expired@gone.example')).toEqual([]);
    expect((await mails.row('expired@gone.example')).state).toBe('failed');
  });

  it('waits: its tenant is suspended', async () => {
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    const tenant = { ...(await mails.tenant(acme)), id: toTenantId(globex.id), slug: 'globex' };
    await mails.send(tenant, testMail('waits@suspended.example'));
    await mails.deliver();
    expect(smtp.to('waits@suspended.example')).toEqual([]);
    await platform.operator.patch('/tenants/globex', { status: 'active' });
    await mails.advance();
    await mails.deliver();
    expect(smtp.to('waits@suspended.example')).toHaveLength(1);
  });
});

// The last one: in one process the second platform takes over the management API of the first.
describe('two processes', () => {
  it('deliver each mail once', async () => {
    const beside = await startPlatform({ beside: platform });
    const tenant = await mails.tenant(acme);
    const recipients = Array.from({ length: 40 }, () => `${randomUUID()}@pair.example`);
    await Promise.all(recipients.map((to) => mails.send(tenant, testMail(to))));
    await Promise.all([mails.deliver(), mails.deliver(beside)]);
    await beside.stop();
    expect(recipients.map((to) => smtp.to(to).length)).toEqual(recipients.map(() => 1));
  });
});
