import { Injectable } from '@nestjs/common';
import { KEY_SET_LIFETIME_SECONDS } from '../keys/key-set-lifetime.js';
import type { TenantCall, TenantEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, publicJsonAnswer } from '../protocol/oauth-answer.js';
import { type TenantPolicy, allowsGrantType } from '../tenants/tenant-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import { PATHS } from './endpoint-paths.js';
import { MetadataService } from './metadata.service.js';

/** The placeholder of the issuer. It occurs in no URL, and JSON escapes it to six characters. */
const ISSUER = '\0';
const ISSUER_IN_JSON = JSON.stringify(ISSUER).slice(1, -1);

/**
 * OpenID Connect Discovery §4, and RFC 8414 §3. The text is made once for each policy, with placeholders for the
 * issuer. Tenants without a policy of their own share one text, and nothing is stored for a tenant.
 */
@Injectable()
export class MetadataEndpoint implements TenantEndpoint {
  readonly paths = PATHS.metadata;
  readonly methods = ['GET'] as const;
  readonly needs = 'tenant';
  /** Keyed by the policy object. A changed policy is a new object. */
  private readonly texts = new WeakMap<TenantPolicy, { readonly grants: string; readonly text: readonly string[] }>();

  constructor(private readonly metadata: MetadataService) {}

  handle({ tenant }: TenantCall): OAuthAnswer {
    const issuer = JSON.stringify(tenant.issuer).slice(1, -1);
    return publicJsonAnswer(this.textOf(tenant).join(issuer), KEY_SET_LIFETIME_SECONDS);
  }

  private textOf(tenant: Tenant): readonly string[] {
    const grants = grantsOf(tenant.policy);
    const known = this.texts.get(tenant.policy);
    if (known?.grants === grants) return known.text;
    const text = JSON.stringify(this.metadata.describe({ ...tenant, issuer: ISSUER })).split(ISSUER_IN_JSON);
    this.texts.set(tenant.policy, { grants, text });
    return text;
  }
}

/** What of the text changes with the time: grants that end on a day. */
function grantsOf(policy: TenantPolicy): string {
  return `${allowsGrantType(policy, 'implicit')} ${allowsGrantType(policy, 'password')}`;
}
