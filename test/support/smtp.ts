import { once } from 'node:events';
import { type AddressInfo, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { SmtpSettings } from '../../src/config/config.js';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly raw: string;
  readonly encrypted: boolean;
}

/** What the server does at a step of the session; a thrown error with `responseCode` is its answer. */
export interface SmtpBehaviour {
  connect?: (session: SMTPServerSession) => Promise<void> | void;
  mailFrom?: (address: string) => Promise<void> | void;
  rcptTo?: (address: string) => Promise<void> | void;
  /** After the whole mail has come, before the answer. `cut` closes the connection. */
  data?: (mail: ReceivedMail, cut: () => void) => Promise<void> | void;
}

export interface TestSmtpServer {
  readonly settings: SmtpSettings;
  /** Mails that were accepted, or that came whole before the connection was cut. */
  readonly received: readonly ReceivedMail[];
  behaviour: SmtpBehaviour;
  /** Connections that are open. */
  readonly connections: number;
  to(address: string): readonly ReceivedMail[];
  /** Cuts all connections. */
  disconnect(): void;
  stop(): Promise<void>;
}

export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export interface SmtpServerOptions {
  /** A free one without it. */
  readonly port?: number;
  /** `starttls`: offered. `implicit`: from the first byte. Its certificate is one that nobody knows. */
  readonly tls?: 'starttls' | 'implicit';
  /** Whom it takes mail from; from everybody without it. */
  readonly account?: { readonly user: string; readonly password: string };
}

/** A real SMTP server of this machine. */
export async function startSmtpServer({ port = 0, tls, account }: SmtpServerOptions = {}): Promise<TestSmtpServer> {
  const received: ReceivedMail[] = [];
  const handle: { behaviour: SmtpBehaviour } = { behaviour: {} };
  const sockets = new Set<Socket>();
  const disconnect = () => sockets.forEach((socket) => socket.destroy());
  const server = new SMTPServer({
    secure: tls === 'implicit',
    authOptional: !account,
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(account ? [] : ['AUTH'])],
    onAuth: ({ username, password }, _, done) => {
      if (username === account?.user && password === account?.password) return done(null, { user: username });
      done(refusal(535, 'wrong user or password'));
    },
    disableReverseLookup: true,
    logger: false,
    onConnect: (session, done) => void answer(done, () => handle.behaviour.connect?.(session)),
    onMailFrom: ({ address }, _, done) => void answer(done, () => handle.behaviour.mailFrom?.(address)),
    onRcptTo: ({ address }, _, done) => void answer(done, () => handle.behaviour.rcptTo?.(address)),
    onData: (stream, { envelope, remotePort, secure }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo[0]?.address ?? '';
        const mail = { from, to, raw: Buffer.concat(chunks).toString(), encrypted: secure };
        const cut = () => [...sockets].find((socket) => socket.remotePort === remotePort)?.destroy();
        void answer(done, async () => {
          await handle.behaviour.data?.(mail, cut);
          received.push(mail);
        });
      });
    },
  });
  server.on('error', () => undefined); // clients that cut the connection
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address() as AddressInfo;
  return {
    settings: {
      host: '127.0.0.1',
      port: address.port,
      implicitTls: false,
      startTls: 'off',
      verifyCertificate: true,
      user: undefined,
      password: undefined,
    },
    received,
    get behaviour() {
      return handle.behaviour;
    },
    set behaviour(behaviour) {
      handle.behaviour = behaviour;
    },
    get connections() {
      return sockets.size;
    },
    to: (recipient) => received.filter(({ to }) => to === recipient),
    disconnect,
    stop: async () => {
      disconnect();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(done: (error?: Error) => void, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
    done();
  } catch (error) {
    done(error as Error);
  }
}

/** The headers of a mail, unfolded, with lower-case names; and its parts by content type, decoded. */
export function parseMail(raw: string): {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
} {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  const pieces = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const parts = pieces.map((piece) => {
    const part = split(piece.replace(/^\r?\n/, ''));
    const type = (part.headers['content-type'] ?? '').split(';')[0] ?? '';
    return [type, decode(part.body, part.headers['content-transfer-encoding'] ?? '')] as const;
  });
  return { headers, parts: Object.fromEntries(parts) };
}

function split(text: string): { headers: Record<string, string>; body: string } {
  const end = text.search(/\r?\n\r?\n/);
  const head = text.slice(0, end).replace(/\r?\n[ \t]+/g, ' ');
  const headers = head.split(/\r?\n/).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { headers: Object.fromEntries(headers), body: text.slice(end).replace(/^\r?\n\r?\n/, '') };
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** The text of a header with encoded words, RFC 2047. */
export function decodeWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString()
        : decode(text.replace(/_/g, ' '), 'quoted-printable'),
    );
}
