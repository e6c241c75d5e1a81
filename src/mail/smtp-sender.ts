import { Inject, Injectable } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { CONFIG, type Config, type SmtpSettings } from '../config/config.js';
import type { ComposedMail } from './compose-mail.js';

const CONNECTION_TIMEOUT_MS = 10_000;
const GREETING_TIMEOUT_MS = 15_000;
/** Of silence. */
const SOCKET_TIMEOUT_MS = 30_000;
/** Of all of one attempt: a server that sends a byte now and then is never silent. */
export const ATTEMPT_LIMIT_MS = 90_000;
export const MAX_CONNECTIONS = 6;
const REPLY_MAX = 300;
/** Commands whose permanent refusal is about this mail. A refused greeting or password is the operator's to mend. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

export interface SmtpOutcome {
  readonly outcome: 'accepted' | 'refused' | 'later';
  /** What the server said, or why it said nothing. */
  readonly reply: string;
}

/** Gives mails to the SMTP server. `nodemailer` is loaded with the first one. */
@Injectable()
export class SmtpSender {
  private transport: Promise<Transporter> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async send({ date, ...mail }: ComposedMail): Promise<SmtpOutcome> {
    const { smtp } = this.config;
    if (!smtp) return { outcome: 'later', reply: 'SMTP_URL is not set.' };
    try {
      const transport = await (this.transport ??= connectTo(smtp));
      const options = {
        ...mail,
        date,
        envelope: { from: mail.from.address, to: mail.to },
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }, // RFC 3834 §5
        signal: AbortSignal.timeout(ATTEMPT_LIMIT_MS),
      };
      const { response } = (await transport.sendMail(options)) as { response?: string };
      return { outcome: 'accepted', reply: printable(response ?? '') };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** Ends all connections, and with them the attempts that use them. */
  async close(): Promise<void> {
    const transport = await this.transport?.catch(() => undefined);
    (transport as { close(options?: { force?: boolean }): void } | undefined)?.close({ force: true });
  }
}

async function connectTo(smtp: SmtpSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    // A mail whose connection broke may have been taken. When it is sent again is decided by the outbox.
    maxRequeues: 0,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.implicitTls,
    requireTLS: smtp.startTls === 'required',
    ignoreTLS: smtp.startTls === 'off',
    tls: { rejectUnauthorized: smtp.verifyCertificate, minVersion: 'TLSv1.2' },
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function outcomeOf(error: unknown): SmtpOutcome {
  const {
    responseCode = 0,
    command,
    response,
    message,
  } = error as {
    responseCode?: number;
    command?: string;
    response?: string;
    message?: string;
  };
  const isPermanent = responseCode >= 500 && responseCode !== 503 && ABOUT_THE_MAIL.has(command ?? '');
  return { outcome: isPermanent ? 'refused' : 'later', reply: printable(response ?? message ?? String(error)) };
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, REPLY_MAX);
}
