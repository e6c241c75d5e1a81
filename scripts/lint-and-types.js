import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { ROOT } from './install.js';

/**
 * For `npm test`: what `npm run lint` and `npm run typecheck` find, on the same programs, because reading and checking
 * the types is most of the work of both.
 */
const host = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};
/** The platform and its console are two programs with two sets of rules. */
const programs = ['tsconfig.json', join('console', 'tsconfig.json')].map((file) => {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, file), { noEmit: true }, host);
  const options = { ...config.options, incremental: false, tsBuildInfoFile: undefined };
  return ts.createProgram(config.fileNames, options);
});

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    {
      files: ['**/*.ts', '**/*.tsx'],
      languageOptions: { parserOptions: { projectService: false, programs } },
    },
  ],
});
const results = await eslint.lintFiles(['.']);
const formatter = await eslint.loadFormatter('stylish');
process.stdout.write(await formatter.format(results));

const diagnostics = programs.flatMap((program) => ts.getPreEmitDiagnostics(program));
const names = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };
process.stdout.write(ts.formatDiagnostics(diagnostics, names));

const isClean = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
process.exitCode = isClean && diagnostics.length === 0 ? 0 : 1;
