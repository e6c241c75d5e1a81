import type { Consent } from '../../consent/consents.repository.js';
import type { View } from '../kit/view.js';

export function consentView(consent: Consent): View {
  return {
    id: consent.id,
    user_id: consent.user_id,
    client_id: consent.client_id,
    resource: consent.resource === '' ? null : consent.resource,
    scopes: consent.scopes,
    declined_scopes: consent.declined,
    created_at: consent.created_at,
    updated_at: consent.updated_at,
  };
}
