import type { Argument, Command } from 'commander';
import { UsageError } from './installation.js';

/** What can be typed after some words of a command line. */
interface Place {
  /** The words before, such as `clients list`. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

const SHELLS: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash, zsh, fish };

/** `tenantry completion <shell>`: made from the commands there are, so it cannot name others. */
export function addCompletion(program: Command, print: (text: string) => void): void {
  program
    .command('completion <shell>')
    .description('print what makes bash, zsh or fish complete commands and options')
    .addHelpText(
      'after',
      '\nbash: source <(tenantry completion bash)\nzsh:  source <(tenantry completion zsh)\n' +
        'fish: tenantry completion fish | source',
    )
    .action((shell: string) => {
      const make = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
      if (!make) throw new UsageError(`There is no completion for ${shell}; there is for bash, zsh and fish.`);
      print(make(placesIn(program)));
    });
}

function placesIn(command: Command, path: readonly string[] = []): Place[] {
  const commands = command.commands.flatMap((one) =>
    [one.name(), ...one.aliases()].map((word) => ({ word, about: one.description() })),
  );
  const options = command.options.filter(({ hidden }) => !hidden);
  const choices = command.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []);
  const place = {
    path: path.join(' '),
    words: [
      ...commands,
      ...choices.map((word) => ({ word, about: '' })),
      ...options.flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : [])),
    ],
  };
  const below = command.commands.flatMap((one) =>
    [one.name(), ...one.aliases()].flatMap((word) => placesIn(one, [...path, word])),
  );
  return [place, ...below];
}

/** The places as branches of a `case`, which bash and zsh write alike. */
function branches(places: readonly Place[], write: (place: Place) => string): string {
  return places.map((place) => `    ${quoted(place.path)}) ${write(place)} ;;`).join('\n');
}

/** The words that name a command, so that values between them are passed over. */
function walk(places: readonly Place[], words: string): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `  local at='' word
  for word in ${words}; do
    case "\${at:+$at }$word" in
      ${paths.map(quoted).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done`;
}

function bash(places: readonly Place[]): string {
  const list = ({ words }: Place) => `words=${quoted(words.map(({ word }) => word).join(' '))}`;
  return `# bash completion of tenantry
_tenantry() {
${walk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  local words=''
  case "$at" in
${branches(places, list)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _tenantry tenantry`;
}

function zsh(places: readonly Place[]): string {
  const described = ({ word, about }: Place['words'][number]) => quoted(`${word.replaceAll(':', '\\:')}:${about}`);
  const list = ({ words }: Place) => `found=(${words.map(described).join(' ')})`;
  return `#compdef tenantry
_tenantry() {
${walk(places, '"${(@)words[2,CURRENT-1]}"')}
  local -a found
  case "$at" in
${branches(places, list)}
  esac
  _describe 'tenantry' found || _files
}
(( $+functions[compdef] )) && compdef _tenantry tenantry`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words }) =>
    words.map(({ word, about }) => {
      const what = word.startsWith('--') ? `-l ${fishQuoted(word.slice(2))}` : `-f -a ${fishQuoted(word)}`;
      return `complete -c tenantry -n ${fishQuoted(`__tenantry_at ${fishQuoted(path)}`)} ${what} -d ${fishQuoted(about)}`;
    }),
  );
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `# fish completion of tenantry
function __tenantry_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $word")
    if contains -- "$next" ${paths.map(fishQuoted).join(' ')}
      set at $next
    end
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}`;
}

/** For bash and zsh: nothing within is looked at. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
