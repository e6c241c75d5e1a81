import { Injectable } from '@nestjs/common';
import { toTenantId } from '../../database/tenant-id.js';
import { FALLBACK_LOCALE, type Locale, type MessageKey, findLocale } from '../../language/messages.js';
import { MESSAGE_KEYS, defaultText, findMessageKey, partsOf } from '../../language/text-check.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { type Page, limitOf, positionOf, toPage } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { patchTexts, readTexts } from './own-texts.js';
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
    const texts = patchTexts(tenant.texts, locale, patch);
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
      work: (companion) => this.tenants.update(tenant, { texts }, companion, actorOf(write.caller)),
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
