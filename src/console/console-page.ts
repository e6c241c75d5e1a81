import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { fewRandomBytes } from '../crypto/random.js';
import type { ConsolePlace } from './console-request.js';

/** Injection token of the folder with the built console. */
export const CONSOLE_FOLDER = Symbol('console folder');

const FOR_EVER = 'public, max-age=31536000, immutable';
const RETRY_SECONDS = 10;
/** One name of letters, digits and a few signs after another: nothing that leads out of the folder. */
const ASSET = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
const MAX_ASSET_LENGTH = 200;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};
/** What the build makes beside each file, the smallest first. */
const ENCODINGS = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
] as const;

const UNBUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Console</title></head>
<body><p>The console is being built; try again in a moment.</p></body></html>
`;

/** The page of the console and the files that it loads, as the build left them. */
@Injectable()
export class ConsolePage {
  private page: { readonly html: string; readonly changedAt: number } | undefined;

  constructor(@Inject(CONSOLE_FOLDER) private readonly folder: string) {}

  async send(response: Response, { path }: ConsolePlace): Promise<void> {
    const html = await this.read();
    const nonce = fewRandomBytes(18).toString('base64url');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(nonce));
    response.setHeader('X-Robots-Tag', 'noindex');
    response.type('text/html; charset=utf-8');
    if (html === undefined) {
      response.status(503).setHeader('Retry-After', String(RETRY_SECONDS));
      response.send(UNBUILT);
      return;
    }
    const head = `<head><base href="${path}/"><meta name="csp-nonce" content="${nonce}">`;
    response.send(html.replace(/<head>/i, head));
  }

  /** @returns whether there is such a file */
  async sendAsset(response: Response, name: string, accepted: string | undefined): Promise<boolean> {
    const type = TYPES[extname(name)];
    if (type === undefined || name.length > MAX_ASSET_LENGTH || !ASSET.test(name)) return false;
    const file = join(this.folder, 'assets', name);
    const found = await this.choose(file, accepted);
    if (!found) return false;
    response.setHeader('Cache-Control', FOR_EVER);
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', found.size);
    response.setHeader('Vary', 'Accept-Encoding');
    if (found.encoding !== undefined) response.setHeader('Content-Encoding', found.encoding);
    if (response.req.method === 'HEAD') {
      response.end();
      return true;
    }
    // Closes the file also when the browser goes away before the end, and the answer when the file cannot be read.
    pipeline(createReadStream(found.path), response, () => undefined);
    return true;
  }

  private async choose(file: string, accepted = '') {
    const offered = accepted.split(',').map((part) => part.trim());
    for (const { name, extension } of ENCODINGS) {
      if (!offered.some((part) => part === name || (part.startsWith(`${name};`) && !/;\s*q=0(?:\.0*)?$/.test(part))))
        continue;
      const size = await sizeOf(file + extension);
      if (size !== undefined) return { path: file + extension, size, encoding: name };
    }
    const size = await sizeOf(file);
    return size === undefined ? undefined : { path: file, size, encoding: undefined };
  }

  /** Read again when it was built again. */
  private async read(): Promise<string | undefined> {
    const path = join(this.folder, 'index.html');
    try {
      const { mtimeMs: changedAt } = await stat(path);
      if (this.page?.changedAt !== changedAt) this.page = { html: await readFile(path, 'utf8'), changedAt };
      return this.page.html;
    } catch {
      return undefined;
    }
  }
}

/** @returns undefined when it is no file */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing from elsewhere, and no script that is not a file of the build. Previews of pages are in frames. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}
