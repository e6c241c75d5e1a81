import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed, isWhole } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import type { ListRequest } from '../database/keyset-list.js';
import { type Listed, type Total, readPage } from '../database/read-list.js';
import { TENANT_TABLE, type TenantPage, tenantRequest } from './tenant-list.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { BrandImageName } from './branding.js';
import { InheritedPolicies, type StoredLayers } from './inherited-policies.js';
import type { InheritedPolicy } from './policy-inheritance.js';
import { PLATFORM_LAYER_ID } from './policy-layer.entity.js';
import type { SigningHandovers } from './signing-handover.js';
import { RESERVED_DAYS } from './former-slugs.js';
import { TenantEntity } from './tenant.entity.js';

export type NewTenant = Pick<TenantEntity, 'id' | 'slug' | 'displayName' | 'policy' | 'branding'> &
  Partial<Pick<TenantEntity, 'policyTemplateId' | 'policyLocks'>>;
export type TenantChanges = Partial<
  Pick<
    TenantEntity,
    | 'slug'
    | 'displayName'
    | 'status'
    | 'policy'
    | 'branding'
    | 'texts'
    | 'quotas'
    | 'userAttributes'
    | 'policyTemplateId'
    | 'policyLocks'
    | 'deletionId'
    | 'deletionDueAt'
  >
>;

const layer = (condition: string) =>
  `(SELECT jsonb_build_object('id', id, 'name', name, 'version', version, 'policy', policy, 'locks', locks,
                              'signingBefore', signing_before) FROM policy_layers l WHERE ${condition})`;
/** Who is asked for at a domain. */
export interface DomainOwner {
  readonly domain: string;
  readonly id: TenantId;
  readonly slug: string;
}

/** A tenant with the layers above it is one statement. */
const LAYERS = `${layer(`l.id = '${PLATFORM_LAYER_ID}'`)} AS platform, ${layer('l.id = policy_template_id')} AS template`;

const findBySlug = statement(
  'tenants.find_by_slug',
  `SELECT ${columnsOf(TenantEntity)}, ${LAYERS} FROM tenants WHERE slug = $1`,
);
/** By the slug that it has, or else by one that it had and that still answers. */
const findByAnySlug = statement(
  'tenants.find_by_any_slug',
  `SELECT ${columnsOf(TenantEntity)}, ${LAYERS} FROM tenants
    WHERE id = coalesce((SELECT t.id FROM tenants t WHERE t.slug = $1),
                        (SELECT f.tenant FROM former_slugs f WHERE f.slug = $1 AND f.answers_until > now()))`,
);
const findDomainOwners = statement(
  'tenants.find_domain_owners',
  `SELECT v.domain, t.id, t.slug FROM verified_domains v JOIN tenants t ON t.id = v.tenant WHERE v.domain = ANY ($1::text[])`,
);
const FIND_BY_ID = `SELECT ${columnsOf(TenantEntity)}, ${LAYERS} FROM tenants WHERE id = $1`;
const findLayers = statement(
  'policy_layers.find_of_tenant',
  `SELECT ${layer(`l.id = '${PLATFORM_LAYER_ID}'`)} AS platform, ${layer('l.id = $1::uuid')} AS template`,
);
const REFRESH_ADDRESSES = `
  UPDATE tenants SET version = version + 1, updated_at = now(), addresses = jsonb_strip_nulls(jsonb_build_object(
    'domains', (SELECT jsonb_agg(v.domain ORDER BY v.since, v.domain) FROM verified_domains v WHERE v.tenant = tenants.id),
    'primary', (SELECT v.domain FROM verified_domains v WHERE v.tenant = tenants.id AND v.is_primary),
    'formerSlugs', (SELECT jsonb_agg(jsonb_build_object(
                        'slug', f.slug,
                        'answersUntil', floor(extract(epoch FROM f.answers_until) * 1000)::bigint,
                        'reservedUntil', floor(extract(epoch FROM f.reserved_until) * 1000)::bigint)
                      ORDER BY f.answers_until)
                      FROM former_slugs f WHERE f.tenant = tenants.id)))
   WHERE id = $1`;
const estimate = statement(
  'tenants.estimate',
  "SELECT reltuples::int AS count FROM pg_class WHERE oid = 'tenants'::regclass",
);
const findImage = statement(
  'tenants.find_brand_image',
  'SELECT branding ->> $2::text AS image FROM tenants WHERE id = $1',
);

const readTenant = entityReader(TenantEntity);

/** The table of tenants is the platform's own, so its methods name a tenant by id or slug and see them all. */
@Injectable()
export class TenantsRepository {
  private readonly inheritedPolicies = new InheritedPolicies();

  constructor(private readonly database: Database) {}

  async findBySlug(slug: string): Promise<TenantEntity | undefined> {
    const [row] = await this.database.platformQuery(findBySlug, [slug]);
    return row && this.read(row);
  }

  /** Also by a former slug, as long as that answers. */
  async findByAnySlug(slug: string): Promise<TenantEntity | undefined> {
    const [row] = await this.database.platformQuery(findByAnySlug, [slug]);
    return row && this.read(row);
  }

  /** Whose these domains are, as far as they are verified. */
  findDomainOwners(domains: readonly string[]): Promise<DomainOwner[]> {
    return this.database.platformQuery<DomainOwner>(findDomainOwners, [domains]);
  }

  async findById(id: TenantId, manager: EntityManager = this.database.platform): Promise<TenantEntity | undefined> {
    const [row] = await manager.query<object[]>(FIND_BY_ID, [id]);
    return row && this.read(row);
  }

  /** What a tenant of this template inherits, or one of no template. */
  async findInherited(templateId: string | null): Promise<InheritedPolicy> {
    const [layers] = await this.database.platformQuery<StoredLayers & object>(findLayers, [templateId]);
    return this.inheritedPolicies.of(layers ?? { platform: null, template: null });
  }

  /** Whether tenants that inherit the same share this object. */
  isShared(value: unknown): boolean {
    return this.inheritedPolicies.has(value);
  }

  /** `data:` URI of an image of the tenant's branding. */
  async findBrandImage(id: TenantId, name: BrandImageName): Promise<string | undefined> {
    const [row] = await this.database.platformQuery<{ image: string | null }>(findImage, [id, name]);
    return row?.image ?? undefined;
  }

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(page: { after?: string | undefined; limit: number }): Promise<TenantEntity[]> {
    const query = this.database.platform
      .createQueryBuilder(TenantEntity, 'tenant')
      .where('NOT tenant.destroying')
      .orderBy('tenant.id')
      .take(page.limit);
    if (page.after !== undefined) query.andWhere('tenant.id > :after', { after: page.after });
    return this.inherit(await query.getMany());
  }

  /** A page of those that a filter leaves. */
  async page(page: TenantPage): Promise<Listed<TenantEntity>> {
    const request = tenantRequest(page);
    const manager = this.database.platform;
    return readPage(manager, {
      table: TENANT_TABLE,
      request,
      find: async (ids) => this.inherit(await manager.findBy(TenantEntity, { id: In(ids) })),
      idOf: ({ id }) => id,
      count: page.total ? () => countTenants(this.database, request) : undefined,
    });
  }

  /** The active tenants below a layer, in order of their ids. @param templateId undefined: below the platform's policy */
  async listInheriting(
    templateId: string | undefined,
    page: { after?: string | undefined; limit: number },
  ): Promise<TenantEntity[]> {
    const query = this.database.platform
      .createQueryBuilder(TenantEntity, 'tenant')
      .where("NOT tenant.destroying AND tenant.status = 'active'")
      .orderBy('tenant.id')
      .take(page.limit);
    if (templateId !== undefined) query.andWhere('tenant.policy_template_id = :templateId', { templateId });
    if (page.after !== undefined) query.andWhere('tenant.id > :after', { after: page.after });
    return this.inherit(await query.getMany());
  }

  async create(manager: EntityManager, tenant: NewTenant): Promise<void> {
    await manager.insert(TenantEntity, { ...tenant, signingHandovers: {}, status: 'active', version: 1 });
  }

  /** @returns false when the tenant is gone or its version is not `version` */
  async update(manager: EntityManager, id: TenantId, version: number, changes: TenantChanges): Promise<boolean> {
    const { affected } = await manager.update(TenantEntity, { id, version }, { ...changes, version: version + 1 });
    return affected === 1;
  }

  /** A page of tenants has few templates, and each is read once. */
  private async inherit(tenants: readonly TenantEntity[]): Promise<TenantEntity[]> {
    const templates = [...new Set(tenants.map(({ policyTemplateId }) => policyTemplateId))];
    const inherited = new Map(
      await Promise.all(templates.map(async (id) => [id, await this.findInherited(id)] as const)),
    );
    return tenants.flatMap((tenant) => {
      const above = inherited.get(tenant.policyTemplateId);
      return above ? [Object.assign(tenant, { inherited: above })] : [];
    });
  }

  private read(row: object): TenantEntity {
    return Object.assign(readTenant(row), { inherited: this.inheritedPolicies.of(row as StoredLayers) });
  }

  async setHandovers(manager: EntityManager, id: TenantId, signingHandovers: SigningHandovers): Promise<void> {
    await manager.update(TenantEntity, { id }, { signingHandovers });
  }

  /** Changes of its addresses follow each other: what one wrote the next one reads. */
  async lock(manager: EntityManager, id: TenantId): Promise<void> {
    await manager.query('SELECT FROM tenants WHERE id = $1 FOR UPDATE', [id]);
  }

  /** Repeats domains and former slugs in the row of the tenant, after `lock`. It is another version afterwards. */
  async refreshAddresses(manager: EntityManager, id: TenantId): Promise<void> {
    await manager.query(REFRESH_ADDRESSES, [id]);
  }

  /** The slug that the tenant gives up. Its new one may be one that it had before. */
  async keepFormerSlug(
    manager: EntityManager,
    id: TenantId,
    { slug, days }: { readonly slug: string; readonly days: number },
  ): Promise<void> {
    await manager.query(
      `DELETE FROM former_slugs f WHERE f.tenant = $1
          AND (f.reserved_until <= now() OR f.slug = (SELECT t.slug FROM tenants t WHERE t.id = $1))`,
      [id],
    );
    await manager.query(
      `INSERT INTO former_slugs (slug, tenant, answers_until, reserved_until)
       VALUES ($2, $1, now() + make_interval(days => $3), now() + make_interval(days => $3 + $4))
       ON CONFLICT (slug) DO UPDATE SET tenant = excluded.tenant, answers_until = excluded.answers_until,
                                        reserved_until = excluded.reserved_until`,
      [id, slug, days, RESERVED_DAYS],
    );
  }

  /** It stays reserved. @returns false when it did not answer */
  async endFormerSlug(manager: EntityManager, id: TenantId, slug: string): Promise<boolean> {
    const [, ended] = await manager.query<[unknown, number]>(
      'UPDATE former_slugs SET answers_until = now() WHERE tenant = $1 AND slug = $2 AND answers_until > now()',
      [id, slug],
    );
    return ended > 0;
  }
}

/** Of all of them PostgreSQL keeps an estimate. */
async function countTenants(database: Database, request: ListRequest): Promise<Total> {
  const counted = await countListed(database.platform, TENANT_TABLE, request);
  if (counted.precision === 'exact' || !isWhole(request)) return counted;
  const [row] = await database.platformQuery<{ count: number }>(estimate, []);
  return { count: Math.max(row?.count ?? 0, counted.count), precision: 'about' };
}
