import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/database-error.js';
import { type PolicyLayers, inheritPolicy, mergeLayers } from '../../tenants/policy-inheritance.js';
import type { PolicyLayerEntity } from '../../tenants/policy-layer.entity.js';
import { COUNTED_TENANTS, PolicyLayersRepository } from '../../tenants/policy-layers.repository.js';
import { PolicyLayersService, TooManyTemplatesError } from '../../tenants/policy-layers.service.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { requireOperator } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { PolicyDryRun } from '../tenants/policy-dry-run.js';
import { requireNoLaxerLayer } from '../tenants/operator-access-rule.js';
import { checkSender, readPolicy } from '../tenants/policy-input.js';
import { readLocks } from '../tenants/policy-members.js';
import { TEMPLATE_NAME } from '../tenants/tenants.dto.js';
import type {
  CreatePolicyTemplateDto,
  PolicyLayerDto,
  UpdatePlatformPolicyDto,
  UpdatePolicyTemplateDto,
} from './policies.dto.js';
import { platformPolicyView, policyTemplateView } from './policies.view.js';

/** What operators do with the policies above tenants. They are recorded in the log of the operator's own tenant. */
@Injectable()
export class PolicyManagement {
  constructor(
    private readonly service: PolicyLayersService,
    private readonly repository: PolicyLayersRepository,
    private readonly tenants: TenantsRepository,
    private readonly dryRuns: PolicyDryRun,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  platform(caller: Caller): Promise<PolicyLayerEntity> {
    requireOperator(caller);
    return this.repository.getPlatform();
  }

  async updatePlatform(
    write: ManagementWrite,
    body: UpdatePlatformPolicyDto,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const known = await this.platform(write.caller);
    checkIfMatch(ifMatch, known.version, { needed: true });
    const changes = this.changesOf(body, known, inheritPolicy({}));
    // Without tenants nobody relies on it.
    if ((await this.tenants.list({ limit: 2 })).length > 1) {
      requireNoLaxerLayer(valuesUnder({ platform: known }), valuesUnder({ platform: { ...known, ...changes } }));
    }
    const before = platformPolicyView(known);
    const { id: within } = write.caller.tenant;
    return write.perform<PolicyLayerEntity>({
      tenantId: within,
      change: () => ({ type: 'policy.updated', target: 'policy:platform', body, before }),
      answer: (updated) => write.changed(updated, platformPolicyView(updated)),
      work: (companion) => this.service.update(within, known, changes, companion),
      otherwise: stale,
    });
  }

  /** What the same change would break, for a page of tenants. */
  async dryRunPlatform(caller: Caller, body: UpdatePlatformPolicyDto, query: PageQuery): Promise<WriteAnswer> {
    const { policy, locks, version } = await this.platform(caller);
    const layer = { policy, locks, ...this.changesOf(body, { policy, locks }, inheritPolicy({})) };
    return this.dryRuns.ofLayer(caller, { templateId: undefined, layer, version }, query);
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<View>> {
    requireOperator(caller);
    const after = positionOf(query, (key) => TEMPLATE_NAME.test(key));
    const rows = await this.repository.listTemplates({ after, limit: limitOf(query) + 1 });
    return toPage(rows, query, { item: policyTemplateView, position: ({ name }) => name ?? '' });
  }

  async get(caller: Caller, name: string): Promise<PolicyLayerEntity> {
    requireOperator(caller);
    const template = TEMPLATE_NAME.test(name) ? await this.repository.findTemplate(name) : undefined;
    if (!template) throw notFound();
    return template;
  }

  async create(write: ManagementWrite, body: CreatePolicyTemplateDto): Promise<WriteAnswer> {
    requireOperator(write.caller);
    const { name, display_name: displayName, description = null } = body;
    const nothing = { policy: {}, locks: [] };
    const { policy = {}, locks = [] } = this.changesOf(body, nothing, await this.tenants.findInherited(null));
    const template = { name, displayName, description, policy, locks };
    const { id: within } = write.caller.tenant;
    try {
      return await write.perform<PolicyLayerEntity>({
        tenantId: within,
        change: () => ({ type: 'policy_template.created', target: `policy_template:${name}`, body }),
        answer: (made) => write.created({ id: name, version: made.version }, policyTemplateView(made)),
        work: (companion) => this.service.create(within, template, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (error instanceof TooManyTemplatesError) {
        throw new Problem('conflict', 'There are as many policy templates as there can be.');
      }
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'name is taken.', [{ pointer: '/name', detail: 'is taken' }]);
    }
  }

  async update(
    write: ManagementWrite,
    {
      name,
      body,
      ifMatch,
    }: { readonly name: string; readonly body: UpdatePolicyTemplateDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const known = await this.get(write.caller, name);
    checkIfMatch(ifMatch, known.version, { needed: true });
    const changes = {
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.description !== undefined && { description: body.description }),
      ...this.changesOf(body, known, await this.tenants.findInherited(null)),
    };
    if ((await this.repository.countTenants(known.id)) > 0) {
      const platform = await this.repository.getPlatform();
      const template = { ...known, ...changes };
      requireNoLaxerLayer(valuesUnder({ platform, template: known }), valuesUnder({ platform, template }));
    }
    const before = policyTemplateView(known);
    const { id: within } = write.caller.tenant;
    return write.perform<PolicyLayerEntity>({
      tenantId: within,
      change: () => ({ type: 'policy_template.updated', target: `policy_template:${name}`, body, before }),
      answer: (updated) => write.changed(updated, policyTemplateView(updated)),
      work: (companion) => this.service.update(within, known, changes, companion),
      otherwise: stale,
    });
  }

  /** The same for a page of its tenants. */
  async dryRun(caller: Caller, name: string, body: UpdatePolicyTemplateDto, query: PageQuery): Promise<WriteAnswer> {
    const { id, policy, locks, version } = await this.get(caller, name);
    const layer = { policy, locks, ...this.changesOf(body, { policy, locks }, await this.tenants.findInherited(null)) };
    return this.dryRuns.ofLayer(caller, { templateId: id, layer, version }, query);
  }

  /** Tenants are moved to another template first: what would hold for them is then somebody's decision. */
  async delete(write: ManagementWrite, name: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(write.caller, name);
    checkIfMatch(ifMatch, known.version, { needed: false });
    const { id: within } = write.caller.tenant;
    try {
      return await write.perform<PolicyLayerEntity>({
        tenantId: within,
        change: () => ({
          type: 'policy_template.deleted',
          target: `policy_template:${name}`,
          before: policyTemplateView(known),
        }),
        answer: () => NO_CONTENT,
        work: (companion) => this.service.delete(within, known, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error;
      const count = await this.repository.countTenants(known.id);
      const whose = count === 1 ? 'One tenant is' : `${count < COUNTED_TENANTS ? count : 'Many'} tenants are`;
      throw new Problem('conflict', `${whose} of this template; move them to another one first (policy_template).`);
    }
  }

  private changesOf(
    { policy, policy_locks: locks }: PolicyLayerDto,
    known: Pick<PolicyLayerEntity, 'policy' | 'locks'>,
    above: ReturnType<typeof inheritPolicy>,
  ) {
    checkSender(policy?.mail_from, this.config.mailFrom);
    return {
      ...(policy !== undefined && { policy: readPolicy(known.policy, policy, above) }),
      ...(locks !== undefined && { locks: [...readLocks(locks ?? [])] as string[] }),
    };
  }
}

function valuesUnder(layers: PolicyLayers) {
  return mergeLayers(layers).values;
}
