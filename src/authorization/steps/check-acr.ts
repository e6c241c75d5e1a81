import { UnmetAuthenticationRequirementsError, quoted } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { AcrWish } from '../authorization-request.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** More than any client needs. */
const MAX_VALUES = 20;

/**
 * Which levels of authentication the client wishes for. An essential `acr` of the parameter `claims` has to be met (Core
 * §5.5.1.1); `acr_values` are wishes, which RFC 9470 §5 uses for a stronger sign-in. `default_acr_values` stand in for
 * both (Registration §2).
 */
export const checkAcr: AuthorizationStep<Established<'acr'>> = ({ params, client, tenant }) => {
  const essential = acrClaimOf(params);
  const wished = split(params.find('acr_values'));
  if (!essential?.isEssential) {
    const values = [...(essential?.values ?? []), ...wished];
    return { acr: { values: bounded(values.length > 0 ? values : client.defaultAcrValues), isEssential: false } };
  }
  const known = essential.values.filter((value) => Object.hasOwn(tenant.policy.acrValues, value));
  // Core §5.5.1.1: "The Authorization Server MUST [...] treat that outcome as a failed authentication attempt."
  if (essential.values.length > 0 && known.length === 0) {
    throw new UnmetAuthenticationRequirementsError(
      `acr ${quoted(essential.values)} is none of this tenant's: ${Object.keys(tenant.policy.acrValues).join(', ')}.`,
    );
  }
  // Essential without a value asks for any, which every ID token has.
  if (known.length === 0) return { acr: { values: bounded(wished), isEssential: false } };
  return { acr: { values: bounded(known), isEssential: true } };
};

/**
 * Core §5.5: `{"id_token": {"acr": {"essential": true, "values": [...]}}}`. What else is asked for is not read here, and
 * what is no JSON asks for nothing.
 */
function acrClaimOf(params: OAuthParameters): AcrWish | undefined {
  const text = params.find('claims');
  const wish = text === undefined ? undefined : memberOf(memberOf(parseObject(text), 'id_token'), 'acr');
  if (wish === undefined) return undefined;
  const { essential, value, values } = wish as { essential?: unknown; value?: unknown; values?: unknown };
  const named: readonly unknown[] = value !== undefined ? [value] : Array.isArray(values) ? values : [];
  return { values: bounded(named.filter((each) => typeof each === 'string')), isEssential: essential === true };
}

function parseObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function memberOf(of: object | undefined, name: string): object | undefined {
  const member: unknown = of && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined;
  return typeof member === 'object' && member !== null ? member : undefined;
}

function bounded(values: readonly string[]): readonly string[] {
  return [...new Set(values)].slice(0, MAX_VALUES);
}

function split(list: string | undefined): readonly string[] {
  return (list ?? '').split(' ').filter((value) => value !== '');
}
