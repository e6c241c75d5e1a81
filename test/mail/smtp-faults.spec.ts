import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SmtpSettings } from '../../src/config/config.js';
import { parseSmtpUrl } from '../../src/config/mail-settings.js';
import type { ComposedMail } from '../../src/mail/compose-mail.js';
import { type SmtpDeadlines, SmtpSender } from '../../src/mail/smtp-sender.js';
import { type SmtpServerOptions, type TestSmtpServer, refusal, startSmtpServer } from '../support/smtp.js';

const HOURS = 3_600_000;
const PATIENT: SmtpDeadlines = { connection: HOURS, greeting: HOURS, silence: HOURS, attempt: HOURS };
const MAIL: ComposedMail = {
  from: { name: 'Acme', address: 'no-reply@id.example.com' },
  to: 'alice@mail.example',
  replyTo: undefined,
  subject: 'Hello',
  text: 'Hello, Alice.',
  html: '<p>Hello, Alice.</p>',
  logo: undefined,
  messageId: '<1@id.example.com>',
  date: new Date(0),
};

const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop();
});

async function givenServer(options?: SmtpServerOptions): Promise<TestSmtpServer> {
  const server = await startSmtpServer(options);
  open.push(server);
  return server;
}

/** A server that does what it likes with each connection. */
async function givenTcpServer(serve: (socket: Socket) => void): Promise<SmtpSettings> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  open.push({ stop });
  return urlOf({ port: (server.address() as AddressInfo).port });
}

function urlOf(
  { port }: { readonly port: number },
  options = '?starttls=off',
  login = '',
  scheme = 'smtp',
): SmtpSettings {
  const settings = parseSmtpUrl(`${scheme}://${login}127.0.0.1:${port}${options}`);
  if (!settings) throw new Error('This is no SMTP_URL.');
  return settings;
}

function senderTo(smtp: SmtpSettings, deadlines: Partial<SmtpDeadlines> = {}): SmtpSender {
  const sender = new SmtpSender({ smtp }, { ...PATIENT, ...deadlines });
  open.push({ stop: () => sender.close() });
  return sender;
}

const send = (smtp: SmtpSettings, deadlines?: Partial<SmtpDeadlines>) => senderTo(smtp, deadlines).send(MAIL);

describe('a server that is silent', () => {
  it.each([
    ['at the greeting', 'greeting', { connect: () => new Promise<void>(() => undefined) }],
    ['at the sender', 'silence', { mailFrom: () => new Promise<void>(() => undefined) }],
    ['at the recipient', 'silence', { rcptTo: () => new Promise<void>(() => undefined) }],
    ['after the content', 'silence', { data: () => new Promise<void>(() => undefined) }],
    ['after the content, whatever the other deadlines', 'attempt', { data: () => new Promise<void>(() => undefined) }],
  ])('%s is given up by the deadline of %s, and the mail is tried again', async (_, deadline, behaviour) => {
    const server = await givenServer();
    server.behaviour = behaviour;
    expect((await send(server.settings, { [deadline]: 400 })).outcome).toBe('later');
    server.behaviour = {};
    expect(await send(server.settings)).toMatchObject({ outcome: 'accepted' });
  });

  it('and says what to change where it may be waiting for TLS', async () => {
    const settings = await givenTcpServer(() => undefined);
    expect(await send(settings, { greeting: 50 })).toEqual({
      outcome: 'later',
      reply: expect.stringContaining('needs smtps: in SMTP_URL') as unknown,
    });
  });

  it('never, but sends a little now and then, is given up too', async () => {
    const settings = await givenTcpServer((socket) => {
      const drip = setInterval(() => socket.write('220-wait\r\n'), 5);
      socket.once('close', () => clearInterval(drip));
    });
    expect((await send(settings, { attempt: 100 })).outcome).toBe('later');
  });
});

describe('a connection that breaks', () => {
  it('in the middle of the content is an attempt that is made again', async () => {
    let isFirst = true;
    const whole = await givenServer();
    const settings = await givenTcpServer((socket) => {
      if (!isFirst) return void socket.end('421 closed\r\n');
      isFirst = false;
      socket.write('220 ready\r\n');
      socket.on('data', (chunk: Buffer) => {
        const line = chunk.toString();
        if (line.startsWith('DATA')) socket.write('354 go on\r\n');
        else if (line.includes('Subject:')) socket.destroy();
        else socket.write('250 fine\r\n');
      });
    });
    expect((await send(settings)).outcome).toBe('later');
    expect((await send(settings)).outcome).toBe('later');
    expect(await send(whole.settings)).toMatchObject({ outcome: 'accepted' });
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', '\0\0\0\0\r\n', `220 ${'x'.repeat(100_000)}`])(
    'because it is none of SMTP: %#',
    async (greeting) => {
      const settings = await givenTcpServer((socket) => void socket.end(greeting));
      const { outcome, reply } = await send(settings);
      expect(outcome).toBe('later');
      expect(reply.length).toBeLessThanOrEqual(300);
    },
  );

  it('because nobody listens', async () => {
    const server = await startSmtpServer();
    await server.stop();
    expect((await send(server.settings)).outcome).toBe('later');
  });
});

describe('what a server refuses', () => {
  const at = (step: 'mailFrom' | 'rcptTo' | 'data', code: number) => ({
    [step]: () => Promise.reject(refusal(code, 'no')),
  });

  it.each([
    ['mailFrom', 550, 'refused'],
    ['mailFrom', 451, 'later'],
    ['rcptTo', 550, 'refused'],
    ['rcptTo', 553, 'refused'],
    ['rcptTo', 501, 'refused'],
    ['rcptTo', 421, 'later'],
    ['rcptTo', 452, 'later'],
    ['data', 554, 'refused'],
    ['data', 552, 'refused'],
    ['data', 451, 'later'],
    // Not about the mail: the operator mends these, and no mail is lost meanwhile.
    ['mailFrom', 530, 'later'],
    ['mailFrom', 535, 'later'],
    ['mailFrom', 503, 'later'],
    ['rcptTo', 530, 'later'],
    ['data', 502, 'later'],
  ] as const)('at %s with %i: %s', async (step, code, outcome) => {
    const server = await givenServer();
    server.behaviour = at(step, code);
    expect(await send(server.settings)).toMatchObject({
      outcome,
      reply: expect.stringMatching(new RegExp(`^${code} no`)) as unknown,
    });
    expect(server.received).toEqual([]);
  });
});

describe('TLS', () => {
  it('that is required is not done without: nothing is sent in the clear', async () => {
    const server = await givenServer();
    expect(await send(urlOf(server.settings, '?starttls=required'))).toEqual({
      outcome: 'later',
      reply: expect.stringMatching(/500 .*STARTTLS|\?starttls=optional or off/) as unknown,
    });
    expect(server.received).toEqual([]);
  });

  it.each([
    ['starttls', 'smtp', ['?starttls=required', '?starttls=optional', '']],
    ['implicit', 'smtps', ['']],
  ] as const)('with a certificate that nobody knows is refused unless told (%s)', async (tls, scheme, options) => {
    const server = await givenServer({ tls });
    for (const option of options) {
      expect(await send(urlOf(server.settings, option, '', scheme))).toEqual({
        outcome: 'later',
        reply: expect.stringContaining('certificate') as unknown,
      });
    }
    expect(server.received).toEqual([]);
    expect((await send(urlOf(server.settings, '?tls_verify=false', '', scheme))).outcome).toBe('accepted');
    expect(server.received).toHaveLength(1);
  });

  it('is not used where it is switched off, and used where it is offered', async () => {
    const server = await givenServer({ tls: 'starttls' });
    expect((await send(urlOf(server.settings, '?starttls=off'))).outcome).toBe('accepted');
    expect((await send(urlOf(server.settings, '?starttls=optional&tls_verify=false'))).outcome).toBe('accepted');
    expect(server.received.map(({ encrypted }) => encrypted)).toEqual([false, true]);
  });

  it('from the first byte, to a server that has none, says what to change', async () => {
    const server = await givenServer();
    const { outcome, reply } = await send(urlOf(server.settings, '', '', 'smtps'));
    expect([outcome, reply]).toEqual(['later', expect.stringContaining('SMTP_URL with smtp:')]);
  });
});

describe('user and password', () => {
  const account = { user: 'mailer@acme', password: 'p@ss:wörd/%' };
  const login = (password: string) => `${encodeURIComponent(account.user)}:${encodeURIComponent(password)}@`;

  it('are percent-decoded, and taken', async () => {
    const server = await givenServer({ tls: 'starttls', account });
    const told = '?starttls=required&tls_verify=false';
    expect((await send(urlOf(server.settings, told, login(account.password)))).outcome).toBe('accepted');
  });

  it.each([
    ['that are wrong', 'wr0ng-secret-password'],
    ['that are missing', undefined],
  ])('%s lose no mail, and the reply says what to change and not the password', async (_, password) => {
    const server = await givenServer({ tls: 'starttls', account });
    const told = '?starttls=required&tls_verify=false';
    const { outcome, reply } = await send(urlOf(server.settings, told, password === undefined ? '' : login(password)));
    expect(outcome).toBe('later');
    expect(reply).toMatch(/^53[05] .*those of SMTP_URL/);
    expect(reply).not.toContain('wr0ng');
    expect(server.received).toEqual([]);
  });
});
