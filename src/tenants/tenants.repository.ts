import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { BrandImageName } from './branding.js';
import { InheritedPolicies, type StoredLayers } from './inherited-policies.js';
import type { InheritedPolicy } from './policy-inheritance.js';
import { PLATFORM_LAYER_ID } from './policy-layer.entity.js';
import type { SigningHandovers } from './signing-handover.js';
import { TenantEntity } from './tenant.entity.js';

export type NewTenant = Pick<TenantEntity, 'id' | 'slug' | 'displayName' | 'policy' | 'branding'> &
  Partial<Pick<TenantEntity, 'policyTemplateId' | 'policyLocks'>>;
export type TenantChanges = Partial<
  Pick<
    TenantEntity,
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
/** A tenant with the layers above it is one statement. */
const LAYERS = `${layer(`l.id = '${PLATFORM_LAYER_ID}'`)} AS platform, ${layer('l.id = policy_template_id')} AS template`;

const findBySlug = statement(
  'tenants.find_by_slug',
  `SELECT ${columnsOf(TenantEntity)}, ${LAYERS} FROM tenants WHERE slug = $1`,
);
const FIND_BY_ID = `SELECT ${columnsOf(TenantEntity)}, ${LAYERS} FROM tenants WHERE id = $1`;
const findLayers = statement(
  'policy_layers.find_of_tenant',
  `SELECT ${layer(`l.id = '${PLATFORM_LAYER_ID}'`)} AS platform, ${layer('l.id = $1::uuid')} AS template`,
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
}
