import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

/** Every class of `*.repository.ts`, by name: whoever adds one finds it here without registering it. */
export async function findRepositories(): Promise<Map<string, Type<object>>> {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.repository.ts'),
  );
  const found = new Map<string, Type<object>>();
  for (const file of files) {
    const exported = Object.entries((await import(join(SOURCE, file))) as Record<string, unknown>);
    for (const [name, value] of exported) {
      if (name.endsWith('Repository') && typeof value === 'function') found.set(name, value as Type<object>);
    }
  }
  return found;
}

/** Its methods as `ClassName.method`. */
export function methodsOf(name: string, repository: Type<object>): string[] {
  return Object.getOwnPropertyNames(repository.prototype)
    .filter((method) => method !== 'constructor')
    .map((method) => `${name}.${method}`);
}
