import type { UserAttribute } from '../../tenants/user-attributes.js';
import type { View } from '../kit/view.js';

export function userAttributeView({ name, type, labels, maxLength, maxItems, claim }: UserAttribute): View {
  return {
    name,
    type,
    labels,
    max_length: maxLength,
    max_items: maxItems,
    claim: claim && {
      name: claim.name,
      scopes: claim.scopes,
      client_ids: claim.clientIds,
      tokens: claim.tokens,
    },
  };
}
