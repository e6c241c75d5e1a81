import { inKotlin as kotlin } from './literals.js';
import type { Snippet } from './snippet.js';

/** AppAuth for Android, which adds PKCE by itself. */
export const appAuthSnippet: Snippet = {
  title: 'AppAuth',
  language: 'Kotlin',
  install: 'implementation("net.openid:appauth:0.11.1")',
  kinds: ['native'],
  secrets: ['none'],
  needsOpenId: false,
  suits: ({ redirectUri }) => !/^http:/.test(redirectUri),
  fileName: () => 'SignIn.kt',
  write: ({
    issuer,
    clientId,
    redirectUri,
    scopes,
  }) => `AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse(${kotlin(issuer)})) { config, _ ->
    val request = AuthorizationRequest.Builder(
        config!!,
        ${kotlin(clientId)},
        ResponseTypeValues.CODE,
        Uri.parse(${kotlin(redirectUri)}),
    ).setScope(${kotlin(scopes.join(' '))}).build()
    startActivityForResult(AuthorizationService(this).getAuthorizationRequestIntent(request), 1)
}
`,
};
