import { GROUPS_SCOPE, OPENID_SCOPES } from '../../oauth/openid-scopes.js';
import type { Apis } from '../../resources/api-directory.js';
import {
  type AttributeClaim,
  MAX_ATTRIBUTES_LENGTH,
  type UserAttribute,
  type UserAttributes,
} from '../../tenants/user-attributes.js';
import { isReservedClaim } from '../../users/reserved-claims.js';
import { Problem, invalidMember } from '../kit/problem.js';
import { isSingleLine } from '../kit/validators.js';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const MAX_LABELS = 20;
const MAX_LABEL_LENGTH = 100;
const RELEASING: readonly string[] = [...OPENID_SCOPES.filter((name) => name !== 'offline_access'), GROUPS_SCOPE];

/** @throws Problem */
export function checkLabels(labels: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(labels);
  const good = entries.every(
    ([tag, text]) => LANGUAGE_TAG.test(tag) && isSingleLine(text) && text !== '' && text.length <= MAX_LABEL_LENGTH,
  );
  if (!good || entries.length > MAX_LABELS) {
    throw invalidMember(
      'labels',
      `must have up to ${MAX_LABELS} language tags with up to ${MAX_LABEL_LENGTH} characters each`,
    );
  }
}

/**
 * The claim says nothing that something else says already, and the scopes that release it are there.
 * @throws Problem
 */
export function checkClaim(claim: AttributeClaim, others: UserAttributes, apis: Apis): void {
  if (isReservedClaim(claim.name)) {
    throw invalidMember('claim/name', 'is the name of a claim that says something else; choose another one');
  }
  const other = others.find((one) => one.claim?.name === claim.name);
  if (other) throw invalidMember('claim/name', `is the claim of the attribute ${other.name}`);
  const ofApis = [...apis.values()].filter(({ isManagement }) => !isManagement).flatMap(({ scopes }) => scopes);
  const unknown = claim.scopes.findIndex(
    (name) => !RELEASING.includes(name) && !ofApis.some((scope) => scope.name === name),
  );
  if (unknown >= 0) {
    throw invalidMember(`claim/scopes/${unknown}`, `must be one of ${RELEASING.join(', ')}, or a scope of an API`);
  }
}

/** @throws Problem */
export function checkSize(attributes: readonly UserAttribute[]): void {
  if (JSON.stringify(attributes).length <= MAX_ATTRIBUTES_LENGTH) return;
  throw new Problem('conflict', `All attributes together would be longer than ${MAX_ATTRIBUTES_LENGTH} characters.`);
}
