import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { BuildOptions } from '../breaches/filter-builder.js';
import { CliError } from './installation.js';
import type { Terminal } from './terminal.js';

const PROGRESS_EVERY_MS = 5000;
const DEFAULT_RATE = 0.001;

/** `tenantry breached-passwords build`: makes the file of `BREACHED_PASSWORDS_FILE`. No platform has to run. */
export function addBreachedPasswords(program: Command, terminal: Terminal): void {
  program
    .command('breached-passwords')
    .description('known passwords from breaches elsewhere, which nobody may choose')
    .command('build <list> <file>')
    .description(
      'build the filter for BREACHED_PASSWORDS_FILE from a list of SHA-1 hashes, such as Have I Been Pwned has',
    )
    .option('--false-positives <rate>', 'share of other passwords that are refused by chance', toRate, DEFAULT_RATE)
    .action((list: string, file: string, { falsePositives }: { falsePositives: number }) =>
      build(list, file, falsePositives, terminal),
    );
}

async function build(list: string, file: string, falsePositiveRate: number, terminal: Terminal): Promise<void> {
  const { buildFilter } = await import('../breaches/filter-builder.js');
  const began = performance.now();
  let toldAt = began;
  const onProgress: BuildOptions['onProgress'] = ({ readBytes, listBytes, hashes }) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = now;
    const percent = Math.floor((readBytes / Math.max(1, listBytes)) * 100);
    terminal.warn(`${percent} % of the list read, ${count(hashes)} hashes`);
  };
  try {
    const header = await buildFilter(list, file, { falsePositiveRate, onProgress });
    const seconds = Math.ceil((performance.now() - began) / 1000);
    terminal.print(
      `${file} has ${count(header.hashes)} hashes in ${count((header.blocks + 1) * 4)} kB, built in ${seconds} s.\n` +
        `Of other passwords, ${(header.falsePositiveRate * 100).toPrecision(2)} % are taken for known ones.\n` +
        `Start the platform with BREACHED_PASSWORDS_FILE=${file}`,
    );
  } catch (error) {
    throw new CliError(`No filter was built. ${(error as Error).message}`);
  }
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function toRate(value: string): number {
  const rate = Number(value);
  if (!(rate >= 0.000001 && rate <= 0.1)) throw new InvalidArgumentError('It must be a number from 0.000001 to 0.1.');
  return rate;
}
