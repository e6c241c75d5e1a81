import { type UserAttribute, editorsOf, readersOf } from '../../tenants/user-attributes.js';
import type { View } from '../kit/view.js';

export function userAttributeView(attribute: UserAttribute): View {
  const { name, type, labels, maxLength, maxItems, requiredAt, allowedValues, order, claim } = attribute;
  return {
    name,
    type,
    labels,
    max_length: maxLength,
    max_items: maxItems,
    readable_by: readersOf(attribute),
    editable_by: editorsOf(attribute),
    required_at: requiredAt ?? [],
    allowed_values: allowedValues ?? [],
    order: order ?? 0,
    claim: claim && {
      name: claim.name,
      scopes: claim.scopes,
      client_ids: claim.clientIds,
      tokens: claim.tokens,
      self_asserted: claim.isSelfAsserted ?? false,
    },
  };
}
