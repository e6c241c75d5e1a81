import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../../scripts/install.js';
import { run } from './program.js';

/** Where everything that is fetched or built goes. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'clients');
export const SOURCES = join(ROOT, 'test', 'clients');

const RELEASE_MINUTES = 20;

/** What an ecosystem needs on the machine, and how its programs are made ready; each is made once. */
export const ECOSYSTEMS = {
  go: {
    needs: ['go'],
    prepare: () => build('go', ['go', 'build', '-o', join(CACHE, 'go') + '/', './...']),
  },
  'go-programs': {
    needs: ['go'],
    prepare: () => build('go/programs', ['go', 'install', 'tool'], { GOBIN: join(CACHE, 'go') }),
  },
  kubernetes: {
    needs: ['go', 'openssl'],
    prepare: () => build('go/kubernetes', ['go', 'build', '-o', join(CACHE, 'go', 'kubernetes'), '.']),
  },
  rust: {
    needs: ['cargo'],
    prepare: () => build('rust', ['cargo', 'build', '--locked', '--quiet', '--target-dir', join(CACHE, 'rust')]),
  },
  python: {
    needs: ['python3'],
    prepare: async () => {
      const venv = join(CACHE, 'python');
      if (!existsSync(join(venv, 'bin', 'python'))) await run(['python3', '-m', 'venv', venv]);
      const pip = [join(venv, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
      await build('python', [...pip, '-r', 'requirements.txt']);
    },
  },
  java: {
    needs: ['java', 'mvn'],
    prepare: async () => {
      const build = join(CACHE, 'java');
      for (const part of ['spring', 'libraries']) {
        const flags = [
          '-B',
          '-ntp',
          '-q',
          '-f',
          join(SOURCES, 'java', part, 'pom.xml'),
          `-Dbuild=${join(build, part)}`,
        ];
        const list = `-Dmdep.outputFile=${join(build, `${part}.classpath`)}`;
        await run(['mvn', ...flags, 'compile', 'dependency:build-classpath', list]);
      }
    },
  },
  apache: { needs: ['apache2', MODULE('mod_auth_openidc')], prepare: async () => undefined },
  'apache-oauth2': { needs: ['apache2', MODULE('mod_oauth2')], prepare: async () => undefined },
  ruby: { needs: ['ruby', GEM('omniauth_openid_connect')], prepare: async () => undefined },
  javascript: {
    needs: ['npm'],
    prepare: async () => {
      const folder = join(CACHE, 'javascript');
      await mkdir(folder, { recursive: true });
      const installed = join(folder, 'node_modules', '.package-lock.json');
      const lock = join(folder, 'package-lock.json');
      const wanted = readFileSync(join(SOURCES, 'javascript', 'package-lock.json'), 'utf8');
      const isCurrent = existsSync(installed) && existsSync(lock) && readFileSync(lock, 'utf8') === wanted;
      await cp(join(SOURCES, 'javascript'), folder, { recursive: true });
      if (isCurrent) return;
      try {
        await run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
      } catch (error) {
        await rm(lock);
        throw error;
      }
    },
  },
};

/** Of what a client needs, the first thing that the machine does not have. */
export function findMissing(names) {
  return names.find((name) => (typeof name === 'string' ? !findProgram(name) : !name.isThere()))?.toString();
}

/** The folder of a program on the path. */
export function findProgram(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file) || existsSync(`${file}.exe`));
}

/** A module of Apache, where Debian and others keep them. */
export function moduleFile(name) {
  const folders = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/usr/local/libexec/apache2'];
  return folders.map((folder) => join(folder, `${name}.so`)).find((file) => existsSync(file));
}

function MODULE(name) {
  return { isThere: () => moduleFile(name) !== undefined, toString: () => `apache2 with ${name}` };
}

function GEM(name) {
  const isThere = () => spawnSync('ruby', ['-r', name, '-e', '']).status === 0;
  return { isThere, toString: () => `ruby with ${name}` };
}

async function build(source, command, env = {}) {
  await mkdir(join(CACHE, source.split('/')[0]), { recursive: true });
  const limit = ['timeout', `${RELEASE_MINUTES}m`];
  await run(findProgram('timeout') ? [...limit, ...command] : command, { cwd: join(SOURCES, source), env });
}
