import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newAddress, signUp } from '../registration/sign-up.fixture.js';
import { TestBrowser } from '../support/browser.js';
import { type Platform, freePort, startPlatform } from '../support/platform.js';
import { type ProductionPlatform, masterKeyFrom, startProduction } from '../support/production.js';
import { type TestSmtpServer, parseMail, startSmtpServer } from '../support/smtp.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';
import { MailFixture, testMail } from './mail-fixture.js';

/** A process that is killed in the first test, and the one that takes over from it. */
let first: ProductionPlatform;
let second: Platform;
let acme: TenantFixture;
let smtp: TestSmtpServer;
let mails: MailFixture;

/** Opened in the end, so that nothing waits for it any more. */
const gate = new EventEmitter();
const closed = () => once(gate, 'open').then(() => undefined);

beforeAll(async () => {
  smtp = await startSmtpServer({ port: await freePort() });
  first = await startProduction(1, {
    SMTP_URL: `smtp://127.0.0.1:${smtp.settings.port}?starttls=off`,
    MAIL_FROM: 'no-reply@id.example.com',
  });
  acme = await createTenant(first, 'acme', { sign_up: 'open' });
});
afterAll(async () => {
  gate.emit('open');
  await first.database.drop();
  await smtp.stop();
});
beforeEach(() => void (smtp.behaviour = {}));

const messageId = ({ raw }: { readonly raw: string }) => parseMail(raw).headers['message-id'];

describe('a process that is killed (kill -9)', () => {
  it('between giving a mail and recording it sends it once more at most, and every other mail once', async () => {
    const { operator, database, processes } = first;
    const ask = (to: string) => operator.request('POST', '/tenants/acme/mail/test', { to });
    expect((await ask('recorded@killed.example')).json()).toMatchObject({ state: 'sent' });

    const reached = new EventEmitter();
    const given: { raw: string }[] = [];
    const begun = new Set<string>();
    const begin = (step: string) => {
      begun.add(step);
      reached.emit('step');
      return closed();
    };
    smtp.behaviour = {
      rcptTo: (address) => (address === 'begun@killed.example' ? begin('begun') : undefined),
      data: (mail) => {
        if (mail.to !== 'given@killed.example') return;
        given.push(mail);
        return begin('given');
      },
    };
    const asked = ['given', 'begun'].map((name) => ask(`${name}@killed.example`).catch(() => undefined));
    while (begun.size < 2) await once(reached, 'step');
    asked.push(ask('waiting@killed.example').catch(() => undefined));
    while ((await database.query(`SELECT FROM mails WHERE state = 'queued'`)).length < 3);
    await Promise.all(processes.map((process) => process.killGroup()));
    await Promise.all(asked);

    smtp.behaviour = {};
    second = await startPlatform({
      database,
      config: { smtp: smtp.settings, masterKey: Buffer.from(masterKeyFrom('tests'), 'base64') },
    });
    mails = new MailFixture(second);
    await mails.advance('1 hour');
    await mails.deliver();
    for (const name of ['recorded', 'given', 'begun', 'waiting']) {
      expect([name, smtp.to(`${name}@killed.example`).length]).toEqual([name, 1]);
      expect(await mails.row(`${name}@killed.example`)).toMatchObject({ state: 'sent' });
    }
    // This one was given twice. Whoever received it can tell that it is the same.
    expect(given.map(messageId)).toEqual(smtp.to('given@killed.example').map(messageId));
  });
});

describe('without a mail server for an hour', () => {
  it('people sign up as ever, and each of them is mailed once afterwards', async () => {
    const issuer = `${second.url}/t/acme`;
    const people = Array.from({ length: 6 }, (_, index) => newAddress(`person-${index}.example`));
    const ask = async (email: string) => {
      const { status, text } = await signUp(new TestBrowser(), issuer, { email });
      return [status, /data-page="[^"]+"/.exec(text)?.[0], text.includes(email)];
    };
    const usual = await ask(newAddress());
    expect(usual[0]).toBe(200);
    await mails.deliver();

    // First it takes connections and says nothing, then it is gone. No answer waits for it.
    smtp.behaviour = { connect: closed };
    smtp.disconnect();
    for (const email of people.slice(0, 3)) expect(await ask(email)).toEqual(usual);
    const { port } = smtp.settings;
    const before = smtp;
    await before.stop();
    for (const email of people.slice(3)) expect(await ask(email)).toEqual(usual);
    await mails.deliver();
    for (const email of people) expect(await mails.row(email)).toMatchObject({ state: 'queued' });
    expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);

    smtp = await startSmtpServer({ port });
    await mails.advance('1 hour');
    await mails.deliver();
    expect(people.map((email) => smtp.to(email).length)).toEqual(people.map(() => 1));
    const [, link = ''] =
      /(http\S+\/sign-up-link\?token=\S+)/.exec(
        parseMail(smtp.to(people[0] ?? '')[0]?.raw ?? '').parts['text/plain'] ?? '',
      ) ?? [];
    expect((await new TestBrowser().open(link)).status).toBe(200);
  });
});

// The last one: it ends the second process.
describe('a restart in the middle of a delivery', () => {
  it('waits for what the mail server says, and sends the mail once', async () => {
    const reached = new EventEmitter();
    const ready = once(reached, 'step');
    smtp.behaviour = {
      data: () => {
        reached.emit('step');
        return closed();
      },
    };
    await mails.send(await mails.tenant(acme), testMail('patient@restart.example'));
    await ready;
    const ended = second.application.close();
    gate.emit('open');
    await ended;
    expect(smtp.to('patient@restart.example')).toHaveLength(1);
    expect(await mails.row('patient@restart.example')).toMatchObject({ state: 'sent', attempts: 1 });
  });
});
