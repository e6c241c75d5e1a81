import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { CONFIG, type Config, type SmtpSettings } from '../config/config.js';
import type { ComposedMail } from './compose-mail.js';
import type { MailLogo } from './mail-logos.js';

/** All of one attempt. */
export const ATTEMPT_LIMIT_MS = 90_000;
export const MAX_CONNECTIONS = 6;
const REPLY_MAX = 300;
/** Commands whose permanent refusal is about this mail. A refused greeting is the operator's to mend. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** Refusals of the session and not of the mail: command unknown or out of order (RFC 5321 §4.2.2), password (RFC 4954 §6). */
const ABOUT_THE_SESSION = new Set([500, 502, 503, 504, 530, 534, 535, 538]);

/** When a server that does not answer is given up, in milliseconds. */
export interface SmtpDeadlines {
  readonly connection: number;
  readonly greeting: number;
  /** Without a byte from the server. */
  readonly silence: number;
  /** Of all of one attempt: a server that sends a byte now and then is never silent. */
  readonly attempt: number;
}

export const SMTP_DEADLINES = Symbol('SMTP_DEADLINES');
const DEADLINES: SmtpDeadlines = {
  connection: 10_000,
  greeting: 15_000,
  silence: 30_000,
  attempt: ATTEMPT_LIMIT_MS,
};

/** What to change, by what went wrong before the server said anything about a mail. The first one counts. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/certificate/i, 'SMTP_URL with ?tls_verify=false accepts any certificate.'],
  [/STARTTLS/, 'SMTP_URL with ?starttls=optional or off allows mail in the clear.'],
  [/wrong version number/i, 'The server speaks no TLS on this port; SMTP_URL with smtp: uses STARTTLS.'],
  [/greeting never received|^timeout$/i, 'A port that speaks TLS from the first byte needs smtps: in SMTP_URL.'],
  [/^invalid login|authentication/i, 'User and password are those of SMTP_URL, percent-encoded.'],
];

export interface SmtpOutcome {
  readonly outcome: 'accepted' | 'refused' | 'later';
  /** What the server said, or why it said nothing. */
  readonly reply: string;
}

/** Gives mails to the SMTP server. `nodemailer` is loaded with the first one. */
@Injectable()
export class SmtpSender {
  private transport: Promise<Transporter> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'smtp'>,
    @Optional() @Inject(SMTP_DEADLINES) private readonly deadlines: SmtpDeadlines = DEADLINES,
  ) {}

  async send({ date, logo, ...mail }: ComposedMail): Promise<SmtpOutcome> {
    const { smtp } = this.config;
    if (!smtp) return { outcome: 'later', reply: 'SMTP_URL is not set.' };
    try {
      const transport = await (this.transport ??= connectTo(smtp, this.deadlines));
      const options = {
        ...mail,
        date,
        ...(logo && { attachments: [attachmentOf(logo)] }),
        envelope: { from: mail.from.address, to: mail.to },
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }, // RFC 3834 §5
        signal: AbortSignal.timeout(this.deadlines.attempt),
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

/** In the part `multipart/related` of the HTML, so that it is shown there and not as a file. */
function attachmentOf({ contentId, png }: MailLogo): object {
  return {
    filename: 'logo.png',
    content: png,
    contentType: 'image/png',
    contentDisposition: 'inline',
    cid: `${contentId}@logo`,
  };
}

async function connectTo(smtp: SmtpSettings, deadlines: SmtpDeadlines): Promise<Transporter> {
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
    connectionTimeout: deadlines.connection,
    greetingTimeout: deadlines.greeting,
    socketTimeout: deadlines.silence,
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
  const isAboutTheMail = ABOUT_THE_MAIL.has(command ?? '') && !ABOUT_THE_SESSION.has(responseCode);
  const reply = response ?? message ?? String(error);
  if (isAboutTheMail) return { outcome: responseCode >= 500 ? 'refused' : 'later', reply: printable(reply) };
  return { outcome: 'later', reply: printable(withAdvice(reply, message ?? '')) };
}

function withAdvice(reply: string, message: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(message))?.[1];
  return advice === undefined
    ? reply
    : `${reply.slice(0, REPLY_MAX - advice.length - 2).replace(/[.\s]*$/, '.')} ${advice}`;
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, REPLY_MAX);
}
