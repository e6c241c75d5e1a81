import type { OAuthParameters } from '../../oauth/parameters.js';
import { type FieldFaults, type SignUpField, attributesAtSignUp } from '../../registration/sign-up-form.js';
import { SIGN_UP_ATTRIBUTES } from '../../tenants/sign-up-policy.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { TenantPolicy } from '../../tenants/tenant-policy.js';
import { askedAttributes } from '../../users/attribute-form.js';
import { askedFields } from '../attribute-fields.js';
import type { AccountField, TermsQuestion } from '../sign-up-content.js';

/** What was typed before, what is known already, and what was wrong with it. */
export interface FilledIn {
  readonly params?: OAuthParameters | undefined;
  readonly known?: Readonly<Partial<Record<SignUpField, string | undefined>>> | undefined;
  readonly faults?: FieldFaults | undefined;
}

const MAX_SHOWN = 320;

export function accountField(name: AccountField['kind'], isRequired: boolean, filled: FilledIn): AccountField {
  const { params, known = {}, faults = {} } = filled;
  const isPassword = name === 'new_password' || name === 'new_password_again';
  const value = isPassword ? undefined : (params?.find(name) ?? known[name])?.slice(0, MAX_SHOWN);
  return { kind: name, isRequired, value, fault: faults[name] };
}

/** The attributes that the policy asks for. */
export function attributeFields({ signUpAttributes }: TenantPolicy, filled: FilledIn): AccountField[] {
  return SIGN_UP_ATTRIBUTES.flatMap((name) => {
    const asked = signUpAttributes[name];
    return asked ? [accountField(name, asked === 'required', filled)] : [];
  });
}

/** What the tenant defined itself and requires, and the hidden field that goes with it. */
export function ownFields(tenant: Tenant, { params, faults }: FilledIn) {
  const asked = attributesAtSignUp(tenant);
  return {
    hidden: askedAttributes(asked),
    ...(asked.length > 0 && { attributes: askedFields(asked, { params, faults: faults?.attributes }) }),
  };
}

export function passwordFields(filled: FilledIn): AccountField[] {
  return [accountField('new_password', true, filled), accountField('new_password_again', true, filled)];
}

export function termsQuestion({ policy, branding }: Tenant, { params, faults }: FilledIn): TermsQuestion | undefined {
  const { termsVersion: version } = policy;
  if (version === null) return undefined;
  return { version, uri: branding.termsUri, isAccepted: params?.find('terms') === version, fault: faults?.terms };
}
