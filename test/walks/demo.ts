import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevelopmentSecrets } from '../../src/config/config.js';
import { tenantry } from '../support/command-line.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';

export type Slug = 'acme' | 'globex';

/** The platform as `npm start` makes it, in a directory of its own, with its demo. */
export interface Demo {
  readonly url: string;
  /** Of the demo application. */
  readonly application: string;
  readonly secrets: DevelopmentSecrets;
  issuer(slug: Slug, kind: 'path' | 'host'): string;
  /** A command of `npx tenantry` in the same directory. @throws when it fails */
  command(...words: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** @param settings of the process, beside those of a demo */
export async function startDemo(settings: Readonly<Record<string, string>> = {}): Promise<Demo> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-walks-'));
  const port = String(await freePort());
  const env = { PORT: port, DATA_DIR: dataDir, ...settings };
  const platform = new PlatformProcess({ env });
  const url = await platform.ready();
  return {
    url,
    application: /in a browser +(http:\S+)/.exec(platform.output)?.[1] ?? '',
    secrets: JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as DevelopmentSecrets,
    issuer: (slug, kind) => (kind === 'path' ? `${url}/t/${slug}` : url.replace('localhost', `${slug}.localhost`)),
    command: async (...words) => {
      const { code, output, errors } = await tenantry(words, env);
      if (code !== 0) throw new Error(`npx tenantry ${words.join(' ')} ended with ${code}: ${errors}`);
      return output;
    },
    stop: async () => {
      await platform.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
