import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { LOCALES } from '../../language/messages.js';
import { toTenantId } from '../../database/tenant-id.js';
import type { Companion } from '../../database/unit-of-work.js';
import type { DraftPlace } from '../../tenants/branding-drafts.repository.js';
import type { BrandingState, BrandingVersion } from '../../tenants/branding-state.js';
import { BrandingVersionsRepository } from '../../tenants/branding-versions.repository.js';
import { Brandings, StaleDraftError, isOutdated } from '../../tenants/brandings.js';
import { type BrandingPreview, BrandingPreviews } from '../../tenants/branding-previews.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { TenantTexts } from '../../tenants/tenant-texts.js';
import { type ChangedMembers, findChangedMembers } from '../../audit/changed-members.js';
import { requirePowerOverResets } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { checkBrandingSender, readBranding } from '../tenants/branding-input.js';
import { brandingView } from '../tenants/tenant.view.js';
import { patchTexts, readTexts } from '../texts/own-texts.js';
import type { PublishBrandingDto, UpdateBrandingDraftDto } from './branding.dto.js';
import { brandingDraftView, brandingVersionSummary, brandingVersionView, contrastView } from './branding.view.js';

/** 1 to 999999999. */
const NUMBER = /^[1-9]\d{0,8}$/;

/** The branding of a tenant before people see it, and what they saw before. */
@Injectable()
export class BrandingManagement {
  constructor(
    private readonly brandings: Brandings,
    private readonly versions: BrandingVersionsRepository,
    private readonly previews: BrandingPreviews,
    private readonly addresses: TenantAddresses,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async get(tenant: TenantEntity): Promise<{ readonly version: number; readonly view: View }> {
    const place = await this.brandings.findDraft(tenant);
    return { version: place.version, view: brandingDraftView(tenant, place) };
  }

  async update(
    write: ManagementWrite,
    tenant: TenantEntity,
    body: UpdateBrandingDraftDto,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const place = await this.brandings.findDraft(tenant);
    checkIfMatch(ifMatch, place.version, { needed: true });
    const { branding, texts } = place.draft ?? tenant;
    const bounds = { locks: tenant.inherited.locks, mailFrom: this.config.mailFrom };
    checkBrandingSender(body.branding, bounds, branding);
    const state = { branding: await readBranding(branding, body.branding), texts: readDraftTexts(texts, body.texts) };
    requirePowerOverResets(write.caller, branding, state.branding);
    return write.perform<DraftPlace>({
      tenantId: toTenantId(tenant.id),
      change: () => ({
        type: 'branding.draft_changed',
        target: `tenant:${tenant.id}`,
        details: { changed: Object.keys(body), ...changesOf(place.draft ?? tenant, state) },
      }),
      answer: (saved) => write.changed(saved, brandingDraftView(tenant, saved)),
      work: (companion) => this.brandings.saveDraft(tenant, place, { state, by: actorOf(write.caller) }, companion),
      otherwise: stale,
    });
  }

  async discard(write: ManagementWrite, tenant: TenantEntity, ifMatch: string | undefined): Promise<WriteAnswer> {
    const place = await this.brandings.findDraft(tenant);
    checkIfMatch(ifMatch, place.version, { needed: false });
    const { draft } = place;
    if (!draft) throw new Problem('not-found', 'There is no draft.');
    return write.perform<DraftPlace>({
      tenantId: toTenantId(tenant.id),
      change: () => ({ type: 'branding.draft_discarded', target: `tenant:${tenant.id}`, before: shownOf(draft) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.brandings.discardDraft(tenant, place, actorOf(write.caller), companion),
      otherwise: stale,
    });
  }

  async publish(
    write: ManagementWrite,
    tenant: TenantEntity,
    body: PublishBrandingDto,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const place = await this.brandings.findDraft(tenant);
    checkIfMatch(ifMatch, place.version, { needed: false });
    if (!place.draft) throw new Problem('conflict', 'There is no draft to publish. PATCH the branding first.');
    requirePowerOverResets(write.caller, tenant.branding, place.draft.branding);
    if (isOutdated(tenant, place) && body.overwrite !== true) throw outdated();
    if (body.correct_contrast !== true) refuseFaults(place.draft);
    return this.perform(write, tenant, { note: body.note }, (companion) =>
      this.brandings
        .publish(tenant, place, { source: 'draft', by: actorOf(write.caller), note: body.note }, companion)
        .catch((error: unknown) => {
          throw error instanceof StaleDraftError ? stale() : error;
        }),
    );
  }

  /** Nobody but who has the link can tell that it exists. */
  preview(write: ManagementWrite, tenant: TenantEntity): Promise<WriteAnswer> {
    const [issuer = ''] = this.addresses.issuers(tenant);
    return write.perform<BrandingPreview>({
      tenantId: toTenantId(tenant.id),
      change: ({ expiresAt }) => ({
        type: 'branding.preview_created',
        target: `tenant:${tenant.id}`,
        details: { expires_at: expiresAt },
      }),
      answer: ({ token, expiresAt }) => {
        const url = `${issuer}/branding/preview?token=${token}`;
        return new WriteAnswer({ url, expires_at: expiresAt }, { Location: url });
      },
      work: (companion) => this.previews.create(tenant, actorOf(write.caller), companion),
      otherwise: notFound,
    });
  }

  async listVersions(tenant: TenantEntity, query: PageQuery): Promise<Page<View>> {
    const before = positionOf(query, (key) => NUMBER.test(key));
    const rows = await this.versions.list(toTenantId(tenant.id), {
      before: before === undefined ? undefined : Number(before),
      limit: limitOf(query) + 1,
    });
    return toPage(rows, query, { item: brandingVersionSummary, position: ({ number }) => String(number) });
  }

  async getVersion(tenant: TenantEntity, number: string): Promise<View> {
    return brandingVersionView(await this.findVersion(tenant, number));
  }

  /** What was published once is not judged again. */
  async revert(write: ManagementWrite, tenant: TenantEntity, number: string): Promise<WriteAnswer> {
    const version = await this.findVersion(tenant, number);
    requirePowerOverResets(write.caller, tenant.branding, version.branding);
    return this.perform(write, tenant, { restored_from: version.number }, (companion) =>
      this.brandings.revert(tenant, version, actorOf(write.caller), companion),
    );
  }

  private perform(
    write: ManagementWrite,
    tenant: TenantEntity,
    details: Readonly<Record<string, unknown>>,
    work: (companion: Companion<BrandingVersion>) => Promise<BrandingVersion | undefined>,
  ): Promise<WriteAnswer> {
    return write.perform<BrandingVersion>({
      tenantId: toTenantId(tenant.id),
      change: (made) => ({
        type: 'branding.published',
        target: `tenant:${tenant.id}`,
        details: { number: made.number, ...details, ...changesOf(tenant, made) },
      }),
      answer: (made) => {
        const path = `/api/v1/tenants/${tenant.slug}/branding/versions/${made.number}`;
        return new WriteAnswer(brandingVersionView(made), { Location: path });
      },
      work,
      otherwise: stale,
    });
  }

  private async findVersion(tenant: TenantEntity, number: string): Promise<BrandingVersion> {
    const version = NUMBER.test(number) ? await this.versions.find(toTenantId(tenant.id), Number(number)) : undefined;
    if (!version) throw notFound();
    return version;
  }
}

/** For the audit log: without the logo. */
function changesOf(before: BrandingState, after: BrandingState): ChangedMembers | undefined {
  return findChangedMembers(shownOf(before), shownOf(after));
}

function shownOf({ branding, texts }: BrandingState): View {
  const { logo: _, logo_dark: __, favicon: ___, ...view } = brandingView(branding);
  return { branding: view, texts };
}

function readDraftTexts(current: TenantTexts, patch: UpdateBrandingDraftDto['texts']): TenantTexts {
  if (!patch) return patch === null ? {} : current;
  return Object.entries(patch).reduce((texts, [tag, given]: [string, unknown]) => {
    const pointer = `texts/${tag.slice(0, 20)}`;
    const locale = LOCALES.find((one) => one === tag);
    if (locale === undefined) throw invalidMember(pointer, 'is not a language of the pages');
    if (given === null) return patchTexts(texts, locale, null);
    if (typeof given !== 'object' || Array.isArray(given)) throw invalidMember(pointer, 'must be an object');
    return patchTexts(texts, locale, readTexts(locale, given as Record<string, unknown>, pointer));
  }, current);
}

function outdated(): Problem {
  return new Problem(
    'conflict',
    'Something else was published since the draft was begun. Discard the draft, or publish with overwrite: true.',
  );
}

/** @throws Problem that lists what could not be read */
function refuseFaults({ branding }: BrandingState): void {
  const contrast = contrastView(branding);
  if (contrast.passes) return;
  throw new Problem(
    'conflict',
    'Colours of the draft cannot be read where they stand. Change them, or publish with correct_contrast: true.',
    contrast.faults.map(({ member, where, scheme, needed, chosen }) => ({
      pointer: `/branding/${String(member)}`,
      detail: `${String(where)} in the ${String(scheme)} scheme has a contrast of ${(chosen as { ratio: number }).ratio}:1 and needs ${String(needed)}:1`,
    })),
    { members: { contrast } },
  );
}
