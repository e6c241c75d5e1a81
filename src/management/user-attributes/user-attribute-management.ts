import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { toTenantId } from '../../database/tenant-id.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import {
  type AllowedValue,
  type AttributeClaim,
  DEFAULT_MAX_ITEMS,
  DEFAULT_MAX_LENGTH,
  MAX_ATTRIBUTES,
  type UserAttribute,
  inOrder,
  isSelfAsserted,
} from '../../tenants/user-attributes.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import {
  checkAllowedValues,
  checkClaim,
  checkLabels,
  checkParties,
  checkSelfAsserted,
  checkSize,
} from './attribute-rules.js';
import { userAttributeView } from './user-attribute.view.js';
import {
  ATTRIBUTE_NAME,
  type AllowedValueDto,
  type AttributeClaimDto,
  type CreateUserAttributeDto,
  type UpdateUserAttributeDto,
  type UserAttributeDataDto,
} from './user-attributes.dto.js';

/** What a tenant keeps of its users beyond the standard claims. The version of all of them is that of the tenant. */
@Injectable()
export class UserAttributeManagement {
  constructor(
    private readonly tenants: TenantsService,
    private readonly apis: ApiDirectory,
  ) {}

  list({ userAttributes }: TenantEntity, query: PageQuery): Page<View> {
    const after = positionOf(query, (key) => ATTRIBUTE_NAME.test(key));
    const rest = userAttributes.slice(userAttributes.findIndex(({ name }) => name === after) + 1);
    const rows = rest.slice(0, limitOf(query) + 1);
    return toPage(rows, query, { item: userAttributeView, position: ({ name }) => name });
  }

  get({ userAttributes }: TenantEntity, name: string): UserAttribute {
    const attribute = userAttributes.find((one) => one.name === name);
    if (!attribute) throw notFound();
    return attribute;
  }

  async create(write: ManagementWrite, tenant: TenantEntity, body: CreateUserAttributeDto): Promise<WriteAnswer> {
    const known = tenant.userAttributes;
    const { name, type } = body;
    if (known.some((one) => one.name === name)) {
      throw new Problem('conflict', 'name is taken.', [{ pointer: '/name', detail: 'is taken' }]);
    }
    if (known.length >= MAX_ATTRIBUTES) {
      throw new Problem('conflict', `The tenant has ${MAX_ATTRIBUTES} attributes; it can have no more.`);
    }
    const defaults = { labels: {}, maxLength: DEFAULT_MAX_LENGTH, maxItems: DEFAULT_MAX_ITEMS, claim: null };
    const added = { key: randomUUID().slice(0, 8), name, type, ...defaults, ...dataOf(body) };
    await this.check(tenant, added);
    checkSize([...known, added]);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: () => ({ type: 'user_attribute.created', target: `user_attribute:${name}`, body }),
      answer: ({ version }) => write.created({ id: name, version }, userAttributeView(added)),
      work: (companion) => this.tenants.update(tenant, { userAttributes: inOrder([...known, added]) }, companion),
      otherwise: stale,
    });
  }

  async update(
    write: ManagementWrite,
    tenant: TenantEntity,
    change: { readonly name: string; readonly body: UpdateUserAttributeDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { name, body, ifMatch } = change;
    const known = this.get(tenant, name);
    checkIfMatch(ifMatch, tenant.version, { needed: true });
    const changed = remembering({ ...known, ...dataOf(body) }, known);
    await this.check(tenant, changed);
    const userAttributes = inOrder(tenant.userAttributes.map((one) => (one === known ? changed : one)));
    checkSize(userAttributes);
    const before = userAttributeView(known);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: () => ({ type: 'user_attribute.updated', target: `user_attribute:${name}`, body, before }),
      answer: (updated) => write.changed(updated, userAttributeView(changed)),
      work: (companion) => this.tenants.update(tenant, { userAttributes }, companion),
      otherwise: stale,
    });
  }

  /** Its values are shown and released no longer. Each goes for good with the next change of the user's attributes. */
  async delete(
    write: ManagementWrite,
    tenant: TenantEntity,
    name: string,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const known = this.get(tenant, name);
    checkIfMatch(ifMatch, tenant.version, { needed: false });
    const userAttributes = tenant.userAttributes.filter((one) => one !== known);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: () => ({
        type: 'user_attribute.deleted',
        target: `user_attribute:${name}`,
        details: { before: userAttributeView(known) },
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.tenants.update(tenant, { userAttributes }, companion),
      otherwise: stale,
    });
  }

  private async check({ id, userAttributes }: TenantEntity, attribute: UserAttribute): Promise<void> {
    checkLabels(attribute.labels);
    checkParties(attribute);
    checkAllowedValues(attribute);
    if (!attribute.claim) return;
    checkSelfAsserted(attribute);
    const others = userAttributes.filter(({ key }) => key !== attribute.key);
    checkClaim(attribute.claim, others, await this.apis.list(toTenantId(id)));
  }
}

/** What people could change once may hold their word for ever. */
function remembering(changed: UserAttribute, known: UserAttribute): UserAttribute {
  return isSelfAsserted(known) ? { ...changed, wasEditableByUser: true } : changed;
}

function dataOf(body: UserAttributeDataDto): Partial<UserAttribute> {
  const { labels, max_length: maxLength, max_items: maxItems, claim } = body;
  const { readable_by: readableBy, editable_by: editableBy, required_at: requiredAt } = body;
  const { allowed_values: allowedValues, order } = body;
  return {
    ...(labels !== undefined && { labels: labels ?? {} }),
    ...(maxLength !== undefined && { maxLength: maxLength ?? DEFAULT_MAX_LENGTH }),
    ...(maxItems !== undefined && { maxItems: maxItems ?? DEFAULT_MAX_ITEMS }),
    ...(readableBy !== undefined && { readableBy: readableBy ?? ['admin'] }),
    ...(editableBy !== undefined && { editableBy: editableBy ?? ['admin'] }),
    ...(requiredAt !== undefined && { requiredAt: requiredAt ?? [] }),
    ...(allowedValues !== undefined && {
      allowedValues: allowedValues?.length ? allowedValues.map(allowedOf) : undefined,
    }),
    ...(order !== undefined && { order: order ?? 0 }),
    ...(claim !== undefined && { claim: claim && claimOf(claim) }),
  };
}

function allowedOf({ value, labels }: AllowedValueDto): AllowedValue {
  return { value, labels: labels ?? {} };
}

function claimOf(claim: AttributeClaimDto): AttributeClaim {
  const { name, scopes, client_ids: clientIds, tokens, self_asserted: isSelfAsserted } = claim;
  return {
    name,
    scopes,
    clientIds: clientIds ?? [],
    tokens: tokens ?? ['id_token', 'userinfo'],
    ...(isSelfAsserted && { isSelfAsserted }),
  };
}
