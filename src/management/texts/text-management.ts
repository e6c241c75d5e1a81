import { Injectable } from '@nestjs/common';
import { toTenantId } from '../../database/tenant-id.js';
import { FALLBACK_LOCALE, type Locale, type MessageKey, findLocale } from '../../language/messages.js';
import {
  MESSAGE_KEYS,
  TEXT_MAX_LENGTH,
  defaultText,
  findMessageKey,
  findTextFault,
  partsOf,
} from '../../language/text-check.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { MAX_TEXTS, MAX_TEXTS_LENGTH, type TenantTexts } from '../../tenants/tenant-texts.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { type Page, limitOf, positionOf, toPage } from '../kit/paging.js';
import { invalidMember, notFound } from '../kit/problem.js';
import { isSingleLine } from '../kit/validators.js';
import type { View } from '../kit/view.js';
import { mergePatch } from '../kit/wire.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import type { ListTextsQuery, UpdateTextsDto } from './texts.dto.js';

/** The words of a tenant's pages and mails: ours, and those that it wrote in their place. */
@Injectable()
export class TextManagement {
  constructor(private readonly tenants: TenantsService) {}

  async list(tenant: TenantEntity, query: ListTextsQuery): Promise<Page<View>> {
    const locale = findLocale(query.locale ?? tenant.branding.defaultLocale) ?? FALLBACK_LOCALE;
    const own = tenant.texts[locale] ?? {};
    const after = positionOf(query, (key) => findMessageKey(key) !== undefined);
    const keys = MESSAGE_KEYS.filter(
      (key) =>
        key.startsWith(query.prefix ?? '') &&
        (query.overridden === undefined || query.overridden === (own[key] !== undefined)) &&
        (after === undefined || key > after),
    ).slice(0, limitOf(query) + 1);
    const texts = await Promise.all(keys.map((key) => viewOf(locale, key, own[key])));
    return toPage(texts, query, { item: (text) => text, position: ({ key }) => key });
  }

  get(tenant: TenantEntity, localeName: string): View {
    return ownTextsView(tenant, localeOf(localeName));
  }

  async update(
    write: ManagementWrite,
    tenant: TenantEntity,
    change: { readonly localeName: string; readonly body: UpdateTextsDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const locale = localeOf(change.localeName);
    checkIfMatch(change.ifMatch, tenant.version, { needed: true });
    const patch = readTexts(locale, change.body.texts);
    const texts = withoutEmpty(mergePatch(tenant.texts, { [locale]: patch }));
    checkSize(texts);
    const before = ownTextsView(tenant, locale);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: ({ id }) => ({
        type: 'tenant.updated',
        target: `tenant:${id}`,
        details: { changed: ['texts'], locale, keys: Object.keys(patch) },
        before,
      }),
      answer: (updated) => write.changed(updated, ownTextsView(updated, locale)),
      work: (companion) => this.tenants.update(tenant, { texts }, companion),
      otherwise: stale,
    });
  }
}

async function viewOf(locale: Locale, key: MessageKey, override: string | undefined) {
  return { key, locale, default: await defaultText(locale, key), override: override ?? null, ...partsOf(key) };
}

function ownTextsView(tenant: TenantEntity, locale: Locale): View {
  return { locale, texts: tenant.texts[locale] ?? {} };
}

function localeOf(name: string): Locale {
  const locale = findLocale(name);
  if (locale === undefined) throw notFound();
  return locale;
}

function readTexts(locale: Locale, given: Readonly<Record<string, unknown>>): Readonly<Record<string, string | null>> {
  const entries = Object.entries(given);
  if (entries.length > MAX_TEXTS) throw invalidMember('texts', `must be at most ${MAX_TEXTS} texts`);
  for (const [name, text] of entries) {
    const fault = faultOf(locale, name, text);
    if (fault !== undefined) throw invalidMember(`texts/${pointerOf(name)}`, fault);
  }
  return given as Readonly<Record<string, string | null>>;
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
