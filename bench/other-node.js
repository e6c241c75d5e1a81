import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where version managers keep their versions, and the way from a version's folder to its program. */
const VERSION_FOLDERS = [
  [join(homedir(), '.nvm', 'versions', 'node'), join('bin', 'node')],
  [join(homedir(), '.local', 'share', 'fnm', 'node-versions'), join('installation', 'bin', 'node')],
  [join(homedir(), '.volta', 'tools', 'image', 'node'), join('bin', 'node')],
  [join(homedir(), '.asdf', 'installs', 'nodejs'), join('bin', 'node')],
  [join('/opt', 'hostedtoolcache', 'node'), join('x64', 'bin', 'node')],
];

/**
 * The program of another major version of Node.js on this machine: the one that the environment names (`NODE24`), one
 * on the path (`node24`, `node-24`), or one of a version manager. Undefined when there is none.
 */
export function findNode(major) {
  return candidates(major).find((program) => existsSync(program) && majorOf(program) === String(major));
}

function candidates(major) {
  const named = process.env[`NODE${major}`];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['node', `node${major}`, `node-${major}`].map((name) => join(folder, name)));
  const managed = VERSION_FOLDERS.flatMap(([folder, program]) =>
    versionsIn(folder, major).map((at) => join(at, program)),
  );
  return [...(named ? [named] : []), ...onPath, ...managed];
}

/** The newest first. */
function versionsIn(folder, major) {
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).filter((name) => new RegExp(`^v?${major}\\.`).test(name));
  return versions
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

function majorOf(program) {
  try {
    return /^v(\d+)\./.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1];
  } catch {
    return undefined;
  }
}
