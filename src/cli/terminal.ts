import { createInterface } from 'node:readline/promises';

/** Where a command writes, and whom it may ask. */
export interface Terminal {
  print(text: string): void;
  /** For what should be noticed and is no failure. */
  warn(text: string): void;
  /** The answer of the person; undefined where nobody sits. */
  ask(question: string): Promise<string | undefined>;
}

/** The terminal of this process. */
export const PROCESS_TERMINAL: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
  ask: async (question) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
};

/** Characters that would move the cursor, hide text or turn its direction. */
const UNSAFE = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that somebody else chose, safe to show in a terminal. */
export function visible(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}

/** For programs. Control characters that JSON leaves as they are would reach the terminal of a person too. */
export function toJson(value: unknown, indent = 2): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(UNSAFE, escape);
}
