import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { SOURCES } from './ecosystems.js';

/** The version of a library that a manifest (go.mod, Cargo.toml, pom.xml, requirements.txt, package.json) pins. */
export function pinned(manifest, name) {
  const text = readFileSync(join(SOURCES, manifest), 'utf8');
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(
    `(?:^|[\\s"'>])${escaped}(?:\\[\\w+\\])?["'\\s<>/:={@a-z-]*v?(\\d+(?:\\.[\\w-]+)+)`,
    'im',
  ).exec(text);
  if (!found) throw new Error(`${manifest} does not pin ${name}`);
  return found[1];
}

/** The version that a program of the machine says it has. */
export function told([file, ...args], pattern = /\d+(?:\.\d+)+/) {
  const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  return pattern.exec(`${stdout}${stderr}`)?.[0] ?? '';
}
