import { Inject, Injectable } from '@nestjs/common';
import { ClientDirectory } from '../../clients/client-directory.js';
import { CONFIG, type Config } from '../../config/config.js';
import { isUniqueViolation } from '../../database/database-error.js';
import type { ApiEntity } from '../../resources/api.entity.js';
import type { ApiData } from '../../resources/apis.repository.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import { API_SORT_KEYS } from '../../resources/api-list.js';
import { ApisService, SameResourceError } from '../../resources/apis.service.js';
import { GROUPS_SCOPE, isAccountScope, isOpenIdScope } from '../../oauth/openid-scopes.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ApiDataDto, ApiScopeDto, CreateApiDto, UpdateApiDto, ListApisQuery } from './apis.dto.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { readAge, readListQuery, toListPage } from '../kit/list-query.js';
import { type Page, isId } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { isSingleLine } from '../kit/validators.js';
import { fromWire } from '../kit/wire.js';
import { findApiWarnings } from './api-warnings.js';
import { apiView } from './api.view.js';
import type { View } from '../kit/view.js';
import { parseUrl } from '../../oauth/parse-url.js';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const MAX_DESCRIPTION_LENGTH = 300;
const MAX_DESCRIPTIONS = 20;

const DEFAULTS: Omit<ApiData, 'identifier' | 'displayName'> = {
  scopes: [],
  accessTokenFormat: 'jwt',
  accessTokenTyp: 'at+jwt',
  accessTokenLifetimeSeconds: null,
  introspectionClientIds: [],
  rolesInTokens: 'off',
};

/** What operators and tenant admins do with protected resources. */
@Injectable()
export class ApiManagement {
  constructor(
    private readonly service: ApisService,
    private readonly directory: ApiDirectory,
    private readonly clients: ClientDirectory,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(tenant: Tenant, query: ListApisQuery): Promise<Page<View>> {
    const request = readListQuery(query, API_SORT_KEYS, isId);
    const page = { ...request, range: readAge(query), total: query.total };
    return toListPage(await this.service.page(tenant.id, page), (api) => apiView(api));
  }

  async get(tenant: Tenant, id: string): Promise<ApiEntity> {
    const api = isId(id) ? await this.service.find(tenant.id, id) : undefined;
    if (!api) throw notFound();
    return api;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateApiDto): Promise<WriteAnswer> {
    this.checkIdentifier(tenant, body.identifier);
    if (await this.clients.find(tenant.id, body.identifier)) {
      const detail = 'is the client_id of a client, whose ID tokens would pass for tokens of this API';
      throw new Problem('conflict', `identifier ${detail}.`, [{ pointer: '/identifier', detail }]);
    }
    checkScopes(body.scopes ?? []);
    refuseReleasing(tenant, body.scopes ?? []);
    const { identifier, display_name: displayName } = body;
    const data: ApiData = { ...DEFAULTS, ...toData(body), identifier, displayName };
    const warningsOf = await this.prepareWarnings(tenant, data.introspectionClientIds);
    try {
      return await write.perform<ApiEntity>({
        tenantId: tenant.id,
        change: ({ id }) => ({ type: 'api.created', target: `api:${id}`, body }),
        answer: (api) => write.created(api, apiView(api, warningsOf(api))),
        work: (companion) => this.service.create(tenant.id, data, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (error instanceof SameResourceError) {
        const detail = `names the same resource as ${error.identifier}`;
        throw new Problem('conflict', `identifier ${detail}.`, [{ pointer: '/identifier', detail }]);
      }
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'identifier is taken.', [{ pointer: '/identifier', detail: 'is taken' }]);
    }
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateApiDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { body, ifMatch } = change;
    const known = await this.get(tenant, change.id);
    checkIfMatch(ifMatch, known.version, { needed: true });
    checkScopes(body.scopes ?? []);
    refuseReleasing(tenant, body.scopes ?? [], known);
    const before = apiView(known, []);
    const warningsOf = await this.prepareWarnings(
      tenant,
      body.introspection_client_ids === undefined
        ? known.introspectionClientIds
        : (body.introspection_client_ids ?? []),
    );
    return write.perform<ApiEntity>({
      tenantId: tenant.id,
      change: ({ id }) => ({ type: 'api.updated', target: `api:${id}`, body, before }),
      answer: (api) => write.changed(api, apiView(api, warningsOf(api))),
      work: (companion) => this.service.update(tenant.id, known, toData(body), companion),
      otherwise: stale,
    });
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'api.deleted', target: `api:${id}`, before: apiView(known, []) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant.id, known, companion),
      otherwise: notFound,
    });
  }

  /** Reads what warnings depend on, before the write. */
  private async prepareWarnings(tenant: Tenant, clientIds: readonly string[]) {
    const apis = await this.directory.list(tenant.id);
    const clients = await Promise.all(clientIds.map(async (clientId) => this.clients.find(tenant.id, clientId)));
    return (api: ApiEntity) => findApiWarnings(api, apis, clients);
  }

  /**
   * RFC 8707 §2: "an absolute URI [...] MUST NOT include a fragment component". The platform's own is taken, and the
   * tenant's is the audience of tokens for userinfo.
   */
  private checkIdentifier(tenant: Tenant, identifier: string): void {
    const wellFormed = /^[\x21-\x7e]+$/.test(identifier) && parseUrl(identifier) && !identifier.includes('#');
    if (!wellFormed) throw invalidMember('identifier', 'must be an absolute URI without fragment');
    const ours = [this.config.publicUrl, ...tenant.issuers].map((address) => new URL(address).host);
    if (ours.includes(new URL(identifier).host)) {
      throw invalidMember('identifier', 'must not be an address of the platform itself');
    }
  }
}

function checkScopes(scopes: readonly ApiScopeDto[]): void {
  scopes.forEach(({ name, descriptions }, index) => {
    if (isAccountScope(name)) throw invalidMember(`scopes/${index}/name`, 'is a scope of the account API');
    if (name === GROUPS_SCOPE) throw invalidMember(`scopes/${index}/name`, 'is the scope of the claim groups');
    if (isOpenIdScope(name)) throw invalidMember(`scopes/${index}/name`, 'is a scope of OpenID Connect');
    const entries = Object.entries(descriptions ?? {});
    const good = entries.every(
      ([tag, text]: [string, unknown]) =>
        LANGUAGE_TAG.test(tag) && isSingleLine(text) && text !== '' && text.length <= MAX_DESCRIPTION_LENGTH,
    );
    if (!good || entries.length > MAX_DESCRIPTIONS) {
      throw invalidMember(`scopes/${index}/descriptions`, 'must have language tags with one sentence each');
    }
  });
}

/**
 * Attributes of users are released by names of scopes, which were those of certain APIs when somebody said so. A name that
 * an API gets later would release them there, too.
 * @throws Problem
 */
function refuseReleasing({ userAttributes }: Tenant, scopes: readonly ApiScopeDto[], known?: ApiEntity): void {
  const has = known?.scopes.map(({ name }) => name) ?? [];
  scopes.forEach(({ name }, index) => {
    const released = userAttributes.find(({ claim }) => claim?.scopes.includes(name));
    if (!released || has.includes(name)) return;
    const detail =
      `releases the attribute ${released.name} already, and would do so at this API; take it from the attribute first, ` +
      'and name it there again once the API has it';
    throw new Problem('conflict', `scopes ${detail}.`, [{ pointer: `/scopes/${index}/name`, detail }]);
  });
}

/** `null` goes back to the default. */
function toData(body: ApiDataDto): Partial<ApiData> {
  const defaults: Readonly<Record<string, unknown>> = DEFAULTS;
  return Object.fromEntries(Object.entries(fromWire(body)).map(([name, value]) => [name, value ?? defaults[name]]));
}
