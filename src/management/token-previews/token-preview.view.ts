import type { Client } from '../../clients/client.js';
import type { ScopesByResource } from '../../consent/optional-scopes.js';
import type {
  ClaimOrigin,
  PreviewedAccessToken,
  PreviewedClaims,
  ScopeFate,
  TokenPreview,
} from '../../token-previews/token-preview.js';
import type { User } from '../../users/user.js';
import type { View } from '../kit/view.js';

export function tokenPreviewView(
  preview: TokenPreview,
  { client, user }: { readonly client: Client; readonly user: User | undefined },
): View {
  const { grantType, refusal, steps, consent, scopes, accessToken, idToken, userinfo, hasRefreshToken } = preview;
  return {
    client_id: client.clientId,
    user_id: user?.id ?? null,
    grant_type: grantType,
    allowed: refusal === undefined,
    refusal: refusal
      ? { error: refusal.error, description: refusal.description, detail: refusal.detail ?? null }
      : null,
    steps,
    consent: consent
      ? {
          first_party: consent.isFirstParty,
          missing: byResource(consent.missing),
          declined: byResource(consent.declined),
        }
      : null,
    scopes: scopes.map(scopeView),
    access_token: accessToken ? accessTokenView(accessToken) : null,
    id_token: idToken ? claimsView(idToken) : null,
    userinfo: userinfo ? claimsView(userinfo) : null,
    refresh_token: hasRefreshToken,
  };
}

function byResource(scopes: ScopesByResource): View[] {
  return [...scopes].map(([resource, names]) => ({ resource, scopes: names }));
}

function scopeView({ name, state, resources, isInAccessToken, reason, detail }: ScopeFate): View {
  const shown = { name, state, resources, in_access_token: isInAccessToken };
  return { ...shown, reason: reason ?? null, detail: detail ?? null };
}

function accessTokenView(token: PreviewedAccessToken): View {
  return { format: token.format, lifetime_seconds: token.lifetimeSeconds, ...claimsView(token) };
}

function claimsView({ header, claims, origins }: PreviewedClaims): View {
  return {
    header: header ? { ...header, kid: header.kid ?? null } : null,
    claims,
    origins: origins.map(originView),
  };
}

function originView({ claim, kind, names, isNew, isHidden }: ClaimOrigin): View {
  return { claim, kind, names, changes: isNew, hidden: isHidden };
}
