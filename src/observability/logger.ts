import type { LoggerService } from '@nestjs/common';
import { type Logger as PinoLogger, destination, pino } from 'pino';
import { describeError } from './error-line.js';

/** Members that may hold a secret. They are redacted at any depth, even when a whole request is logged by mistake. */
const SECRET_MEMBERS = [
  'authorization',
  'cookie',
  'password',
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'token',
];

export interface Loggers {
  /** One line per request, of members that are known to be harmless. */
  readonly requests: PinoLogger;
  /** Everything else; what looks like a secret is cut out. */
  readonly events: PinoLogger;
}

/** What waits to be written, at most. Lines beyond it are dropped: a reader that stalls may not fill the memory. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/**
 * JSON lines on standard output, written in blocks, so that logging never waits for the disk. Lines that cannot be
 * written, because nobody reads them or the disk is full, are lost, and nothing else is.
 */
export function createLoggers(level: string): Loggers {
  const stream = destination({ dest: 1, sync: false, minLength: 4096, maxLength: MAX_BUFFERED_BYTES });
  stream.on('error', () => undefined);
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  const paths = SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`, `*.*.${member}`]);
  return {
    requests: pino(options, stream),
    events: pino({ ...options, serializers: { err: describe }, redact: { paths, censor: '[secret]' } }, stream),
  };
}

function describe(error: unknown): unknown {
  return error instanceof Error ? describeError(error) : error;
}

/** Lets Nest and our own classes log through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: PinoLogger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.logger.debug(...this.line(message, context));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.logger.error(...this.line(message, context));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.logger.warn(...this.line(message, context));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.logger.fatal(...this.line(message, context));
  }

  private line(message: unknown, context: unknown[]): [object, string] {
    const names = context.filter((part) => typeof part === 'string');
    const error = [message, ...context].find((part) => part instanceof Error);
    return [{ context: names.at(-1), ...(error && { err: error }) }, String(error?.message ?? message)];
  }
}
