import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { folderOf, readLayers, readSource } from './source-files.js';

const files = readSource();
const layers = readLayers();
const folders = [...new Set(files.map(({ folder }) => folder).filter(Boolean))];

describe('Imports', () => {
  it('are read: each one leads to a file', () => {
    expect(files.length).toBeGreaterThan(200);
    const broken = files.flatMap(({ imports }) => imports).filter((path) => !existsSync(sourceOf(path)));
    expect(broken).toEqual([]);
  });

  it('have a layer for every folder, and a folder for every name in the table', () => {
    expect(layers.flat().sort()).toEqual([...folders].sort());
  });

  it('go down the table of src/ARCHITECTURE.md, or sideways within a row', () => {
    const upwards = files
      .filter(({ folder }) => folder !== '')
      .flatMap(({ path, folder, imports }) =>
        imports.filter((to) => layerOf(folderOf(to)) > layerOf(folder)).map((to) => `${path} -> ${to}`),
      );
    expect(upwards).toEqual([]);
  });

  it('make no cycle of folders', () => {
    expect(findCycle(neighbours)).toBe('');
  });

  it.each(foldersWithRooms())('make no cycle of the folders within %s', (folder) => {
    const graph = new Map<string, Set<string>>();
    for (const file of files.filter((one) => one.folder === folder)) {
      const from = roomOf(file.path);
      const targets = file.imports.filter((to) => folderOf(to) === folder).map(roomOf);
      graph.set(from, new Set([...(graph.get(from) ?? []), ...targets.filter((to) => to !== from)]));
    }
    expect(graph.size).toBeGreaterThan(1);
    expect(findCycle((room) => [...(graph.get(room) ?? [])], [...graph.keys()])).toBe('');
  });

  it('make no cycle of files, not even for types', () => {
    const graph = new Map(files.map(({ path, imports }) => [path, imports.map(sourceOf)]));
    expect(findCycle((path) => graph.get(path) ?? [], [...graph.keys()])).toBe('');
  });

  it('from the demo reach nothing of the platform, and nobody reaches the running demo but who starts it', () => {
    const demo = files.filter(({ folder }) => folder === 'demo');
    expect(demo.flatMap(({ imports }) => imports).filter((to) => folderOf(to) !== 'demo')).toEqual([]);
    const users = files.filter(({ folder, imports }) => folder !== 'demo' && imports.some(isRunningDemo));
    expect(users.map(({ path }) => path)).toEqual(['src/process/demo.ts']);
  });

  it('of the client of the management API lead to itself alone, and to what runs in browsers', () => {
    const client = files.filter(({ folder }) => folder === 'management-client');
    expect(client.length).toBeGreaterThan(1);
    expect(client.flatMap(({ imports }) => imports).filter((to) => folderOf(to) !== 'management-client')).toEqual([]);
    expect([...new Set(client.flatMap(({ packages }) => packages))]).toEqual(['openapi-fetch']);
  });

  it('from the platform never reach tests or scripts', () => {
    const stray = files.filter(({ text }) => /from '(\.\.\/)+(test|scripts|bin)\//.test(text));
    expect(stray.map(({ path }) => path)).toEqual([]);
  });

  it('of pure vocabulary need no framework and no database', () => {
    const pure = files.filter(({ folder }) => folder === 'oauth' || folder === 'crypto');
    const frameworks = pure.flatMap(({ path, packages }) =>
      packages.filter((name) => /^(@nestjs|typeorm|pg|express)/.test(name)).map((name) => `${path}: ${name}`),
    );
    expect(frameworks).toEqual([]);
  });
});

/** Where it runs, not what it looks like: the seed uses its logos. */
function isRunningDemo(path: string): boolean {
  return folderOf(path) === 'demo' && !path.startsWith('src/demo/assets/');
}

/** What lies directly in `src` puts everything together, and belongs to the row of those who start it. */
function layerOf(folder: string): number {
  return folder === '' ? layers.length - 1 : layers.findIndex((row) => row.includes(folder));
}

/** Modules that have folders of their own: `management`, `pages` and more. */
function foldersWithRooms(): string[] {
  return folders.filter((folder) => files.some(({ path }) => path.startsWith(`src/${folder}/`) && path.split('/')[3]));
}

/** `kit` of `src/management/kit/etag.ts`; a file that lies in the module itself is a room of its own. */
function roomOf(path: string): string {
  return (path.split('/')[2] ?? '').replace(/\.(js|tsx?)$/, '');
}

function neighbours(folder: string): string[] {
  const targets = files.filter((file) => file.folder === folder).flatMap(({ imports }) => imports.map(folderOf));
  return [...new Set(targets)].filter((target) => target !== folder && target !== '');
}

function sourceOf(path: string): string {
  const base = path.replace(/\.js$/, '');
  return existsSync(`${base}.tsx`) ? `${base}.tsx` : `${base}.ts`;
}

/** A cycle as text, or nothing. */
function findCycle(next: (node: string) => readonly string[], nodes: readonly string[] = folders): string {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): string => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node].join(' -> ');
    if (done.has(node)) return '';
    for (const other of next(node)) {
      const cycle = visit(other, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return '';
  };
  for (const node of nodes) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return '';
}
