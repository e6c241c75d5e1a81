import { type Translate, defineTexts, useLanguage, useTexts } from '../../texts/texts.js';
import { MEMBERS, type PolicyMember } from './catalog.js';
import { de } from './member-texts-de.js';
import { en } from './member-texts-en.js';

export const memberTexts = defineTexts({ en, de });
type Key = keyof typeof en;

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How members of a policy and their values are said. */
export interface PolicyWords {
  readonly label: (member: string) => string;
  readonly help: (member: string) => string;
  readonly option: (member: string, value: unknown) => string;
  /** A value as one reads it; undefined for none. */
  readonly value: (member: string, value: unknown) => string | undefined;
}

export function usePolicyWords(): PolicyWords {
  const t: Translate<Key> = useTexts(memberTexts);
  const { language } = useLanguage();
  const say = (key: string): string | undefined => (Object.hasOwn(en, key) ? t(key as Key) : undefined);
  const option = (member: string, value: unknown) => {
    const word = String(value);
    const general = word === 'second_factor' ? 'second_factor_option' : word;
    return say(`${member}.${word}`) ?? (Object.hasOwn(MEMBERS, general) ? undefined : say(general)) ?? word;
  };
  const units = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  const said = (member: string, value: unknown): string | undefined => {
    if (value === null || value === undefined || value === '') return undefined;
    const how = MEMBERS[member];
    if (how?.kind === 'choice') return option(member, value);
    if (typeof value === 'boolean') return t(value ? 'on' : 'off');
    if (typeof value === 'number') {
      if (how?.kind === 'seconds') return durationOf(value, units);
      return how?.kind === 'number' && how.unit === 'days'
        ? units(value, 'day')
        : new Intl.NumberFormat(language).format(value);
    }
    if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(', ');
    if (typeof value === 'object') {
      const parts = Object.entries(value).map(([key, one]) => `${key}: ${option(member, one)}`);
      return parts.length === 0 ? undefined : parts.join(', ');
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    label: (member) => say(member) ?? member,
    help: (member) => say(`${member}.help`) ?? '',
    option,
    value: said,
  };
}

function durationOf(seconds: number, units: (value: number, unit: string) => string): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(units(count, unit));
  }
  return parts.length === 0 ? units(0, 'second') : parts.join(' ');
}

/** Whether a search means this member. */
export function isFound(words: PolicyWords, member: PolicyMember, search: string): boolean {
  const text = `${member} ${words.label(member)} ${words.help(member)}`.toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
