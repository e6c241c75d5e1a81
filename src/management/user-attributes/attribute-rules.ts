import { GROUPS_SCOPE, OPENID_SCOPES } from '../../oauth/openid-scopes.js';
import { isVisibleLine } from '../../oauth/visible-text.js';
import type { Apis } from '../../resources/api-directory.js';
import {
  type AttributeClaim,
  MAX_ATTRIBUTES_LENGTH,
  type UserAttribute,
  type UserAttributes,
  editorsOf,
  isSelfAsserted,
  readersOf,
} from '../../tenants/user-attributes.js';
import { isPrivilegedClaim, isReservedClaim } from '../../users/reserved-claims.js';
import { Problem, invalidMember } from '../kit/problem.js';
import { isSingleLine } from '../kit/validators.js';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const MAX_LABELS = 20;
const MAX_LABEL_LENGTH = 100;
const RELEASING: readonly string[] = [...OPENID_SCOPES.filter((name) => name !== 'offline_access'), GROUPS_SCOPE];

/** @throws Problem */
export function checkLabels(labels: Readonly<Record<string, unknown>>, member = 'labels'): void {
  const entries = Object.entries(labels);
  const good = entries.every(
    ([tag, text]) => LANGUAGE_TAG.test(tag) && isSingleLine(text) && text !== '' && text.length <= MAX_LABEL_LENGTH,
  );
  if (!good || entries.length > MAX_LABELS) {
    throw invalidMember(
      member,
      `must have up to ${MAX_LABELS} language tags with up to ${MAX_LABEL_LENGTH} characters each`,
    );
  }
}

/** Whoever changes values sees them, and whoever is asked for one may enter it. @throws Problem */
export function checkParties(attribute: UserAttribute): void {
  const [readers, editors] = [readersOf(attribute), editorsOf(attribute)];
  if (!editors.every((party) => readers.includes(party))) {
    throw invalidMember('editable_by', 'must be within readable_by: whoever changes a value sees it');
  }
  if ((attribute.requiredAt ?? []).length > 0 && !editors.includes('user')) {
    throw invalidMember('required_at', 'needs user in editable_by: people are asked for what they may change alone');
  }
}

/** @throws Problem */
export function checkAllowedValues({ type, maxLength, allowedValues }: UserAttribute): void {
  if (!allowedValues) return;
  if (type !== 'string' && type !== 'string_list') {
    throw invalidMember('allowed_values', 'is for the types string and string_list');
  }
  allowedValues.forEach(({ value, labels }, index) => {
    if (value === '' || !isVisibleLine(value) || value.length > maxLength || value !== value.trim()) {
      const fault = `must be text of one line with 1 to ${maxLength} characters (max_length), without blanks around it`;
      throw invalidMember(`allowed_values/${index}/value`, fault);
    }
    checkLabels(labels, `allowed_values/${index}/labels`);
    if (allowedValues.findIndex((one) => one.value === value) !== index) {
      throw invalidMember(`allowed_values/${index}/value`, 'is there twice');
    }
  });
}

/**
 * What people choose themselves decides nowhere what they may do, and is released only when the tenant says that it knows
 * whose word it is. That counts also for what people could change once, because their values stay.
 * @throws Problem
 */
export function checkSelfAsserted(attribute: UserAttribute): void {
  const { claim } = attribute;
  if (!claim || !isSelfAsserted(attribute)) return;
  const whose = editorsOf(attribute).includes('user')
    ? 'people change this attribute themselves (editable_by)'
    : 'people could change this attribute once; define another one';
  if (isPrivilegedClaim(claim.name)) {
    const fault = `sounds as if it decided who somebody is or what they may do, and ${whose}; choose another name`;
    throw invalidMember('claim/name', fault);
  }
  const privileged = claim.scopes.indexOf(GROUPS_SCOPE);
  if (privileged >= 0) {
    throw invalidMember(`claim/scopes/${privileged}`, `is how applications ask for permissions, and ${whose}`);
  }
  if (!claim.isSelfAsserted) {
    const fault = `must be true: ${whose}, so no application may decide by this claim what somebody may do`;
    throw invalidMember('claim/self_asserted', fault);
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
