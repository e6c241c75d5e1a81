import type { TenantCipher } from '../keys/tenant-vault.js';
import type { MailValue } from './mail-template.js';

/** What is sealed of a mail. */
export interface MailContent {
  readonly to: string;
  readonly values: Readonly<Record<string, MailValue>>;
  /** A complete address. */
  readonly link?: string | undefined;
  readonly code?: string | undefined;
}

interface Stored extends Omit<MailContent, 'values'> {
  readonly values: Readonly<Record<string, string | number | { readonly date: string }>>;
}

/** A mail's content is bound to its id, so that it does not open as the content of another one. */
export function sealContent(cipher: TenantCipher, mailId: string, { values, ...rest }: MailContent): Buffer {
  const stored: Stored = {
    ...rest,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value instanceof Date ? { date: value.toISOString() } : value,
      ]),
    ),
  };
  return cipher.seal(Buffer.from(JSON.stringify(stored)), contextOf(mailId));
}

export function openContent(cipher: TenantCipher, mailId: string, sealed: Buffer): MailContent {
  const { values, ...rest } = JSON.parse(cipher.open(sealed, contextOf(mailId)).toString()) as Stored;
  return {
    ...rest,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? new Date(value.date) : value]),
    ),
  };
}

function contextOf(mailId: string): string {
  return `mail:${mailId}`;
}
