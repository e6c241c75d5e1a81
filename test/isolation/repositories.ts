import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Platform } from '../support/platform.js';

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

/** The names of the repositories that the running application has, wherever they are declared. */
export function providedRepositories({ application }: Platform): string[] {
  const modules = [...application.nest.get(ModulesContainer).values()];
  const names = modules.flatMap(({ providers }) =>
    [...providers.values()].map(({ instance }) => (instance as object | undefined)?.constructor.name ?? ''),
  );
  // TypeORM's own are named `Repository`.
  return [...new Set(names)].filter((name) => /.Repository$/.test(name)).sort();
}

/** Its methods as `ClassName.method`. */
export function methodsOf(name: string, repository: Type<object>): string[] {
  return Object.getOwnPropertyNames(repository.prototype)
    .filter((method) => method !== 'constructor')
    .map((method) => `${name}.${method}`);
}
