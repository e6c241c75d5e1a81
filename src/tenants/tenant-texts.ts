import { type Locale, type Wishes, findLocale } from '../language/messages.js';
import { TextTable } from '../language/messages/text-table.js';
import type { TenantBranding } from './branding.js';

/** The texts that a tenant wrote itself, by language and by key of the catalogue. ICU messages, checked when they are set. */
export type TenantTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Tenants that wrote none share it. */
export const NO_TEXTS: TenantTexts = Object.freeze({});

/** How many a tenant may write, and how long all may be together: they are kept in memory with the tenant. */
export const MAX_TEXTS = 500;
export const MAX_TEXTS_LENGTH = 32_000;

/** About what a parsed message holds on to, in bytes. */
const PARSED_BYTES = 4000;

/** A tenant's own texts, parsed when they are first shown. */
export class OwnTexts {
  private readonly tables = new Map<string, TextTable>();

  constructor(private readonly texts: TenantTexts) {}

  /** @param languageTag whose dates and digits go with them */
  find(locale: Locale, languageTag: string): TextTable | undefined {
    const texts = this.texts[locale];
    if (texts === undefined) return undefined;
    const table = this.tables.get(languageTag) ?? new TextTable(texts, languageTag);
    this.tables.set(languageTag, table);
    return table;
  }

  /** Bytes of memory that they take at most, once all of them were shown. */
  get bytes(): number {
    const all = Object.values(this.texts).flatMap((texts) => Object.values(texts));
    return all.length * PARSED_BYTES;
  }
}

export interface TextsOfTenant {
  readonly texts: TenantTexts;
  readonly branding: Pick<TenantBranding, 'defaultLocale'>;
}

/** What decides on the texts for a tenant, where they are needed once. */
export function wishesOf({ texts, branding }: TextsOfTenant): Wishes {
  return { ownTexts: new OwnTexts(texts), fallback: findLocale(branding.defaultLocale) };
}
