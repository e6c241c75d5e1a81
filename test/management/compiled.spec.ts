import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';

type Dtos = Readonly<Record<string, new () => object>>;

/** Tests compile on their own; this is about what is shipped. */
async function compiled(file: string): Promise<Dtos> {
  const path = join(import.meta.dirname, '../../dist/src/management', file);
  return (await import(pathToFileURL(path).href)) as Dtos;
}

describe('a compiled DTO', () => {
  it.each(['tenants', 'clients', 'users', 'apis', 'keys', 'consents'])(
    'of %s has only the members that were sent',
    async (name) => {
      const dtos = Object.entries(await compiled(`${name}/${name}.dto.js`)).filter(([member]) =>
        /(Dto|Query)$/.test(member),
      );
      expect(dtos.length).toBeGreaterThan(0);
      for (const [member, Dto] of dtos) expect([member, Object.keys(new Dto())]).toEqual([member, []]);
    },
  );
});
