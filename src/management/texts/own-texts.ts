import type { Locale } from '../../language/messages.js';
import { TEXT_MAX_LENGTH, findMessageKey, findTextFault } from '../../language/text-check.js';
import { MAX_TEXTS, MAX_TEXTS_LENGTH, type TenantTexts } from '../../tenants/tenant-texts.js';
import { invalidMember } from '../kit/problem.js';
import { isSingleLine } from '../kit/validators.js';
import { mergePatch } from '../kit/wire.js';

export type OwnTextsPatch = Readonly<Record<string, string | null>>;

/** The texts of all languages after a patch of one. @throws Problem when there would be too many */
export function patchTexts(current: TenantTexts, locale: Locale, patch: OwnTextsPatch | null): TenantTexts {
  const texts = withoutEmpty(mergePatch(current, { [locale]: patch }));
  checkSize(texts);
  return texts;
}

/** @param pointer of the member that has them @throws Problem for a text that cannot be shown */
export function readTexts(locale: Locale, given: Readonly<Record<string, unknown>>, pointer = 'texts'): OwnTextsPatch {
  const entries = Object.entries(given);
  if (entries.length > MAX_TEXTS) throw invalidMember(pointer, `must be at most ${MAX_TEXTS} texts`);
  for (const [name, text] of entries) {
    const fault = faultOf(locale, name, text);
    if (fault !== undefined) throw invalidMember(`${pointer}/${pointerOf(name)}`, fault);
  }
  return given as OwnTextsPatch;
}

function faultOf(locale: Locale, name: string, text: unknown): string | undefined {
  const key = findMessageKey(name);
  if (key === undefined) return 'is not the key of a text; the list of texts has them all';
  if (text === null) return undefined;
  if (typeof text !== 'string' || text.trim() === '') return 'must be text, or null for ours';
  if (text.length > TEXT_MAX_LENGTH) return `must be at most ${TEXT_MAX_LENGTH} characters long`;
  if (!isSingleLine(text)) return 'must be text of one line, without characters that cannot be seen';
  return findTextFault(locale, key, text);
}

/** RFC 6901 §3. */
function pointerOf(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}

function withoutEmpty(texts: TenantTexts): TenantTexts {
  return Object.fromEntries(Object.entries(texts).filter(([, ofLanguage]) => Object.keys(ofLanguage).length > 0));
}

/** All of them are kept in memory with the tenant. */
function checkSize(texts: TenantTexts): void {
  const all = Object.values(texts).flatMap((ofLanguage) => Object.values(ofLanguage));
  if (all.length > MAX_TEXTS) throw invalidMember('texts', `would be more than ${MAX_TEXTS} in all languages together`);
  if (all.join('').length > MAX_TEXTS_LENGTH) {
    throw invalidMember('texts', `would be longer than ${MAX_TEXTS_LENGTH} characters in all languages together`);
  }
}
