import { inShell as sh } from './literals.js';
import type { Snippet, SnippetValues } from './snippet.js';

/** curl, step by step: to try the client before there is any code. */
export const curlSnippet: Snippet = {
  title: 'curl',
  language: 'Shell',
  kinds: ['web', 'browser', 'native', 'machine'],
  secrets: ['basic', 'post', 'none'],
  needsOpenId: false,
  fileName: (kind) => (kind === 'machine' ? 'token.sh' : 'sign-in.sh'),
  write: (values, kind) => (kind === 'machine' ? forMachine(values) : forPeople(values)),
};

function proof({ clientId, secret }: SnippetValues): string {
  if (secret === 'none') return `--data-urlencode client_id=${sh(clientId)}`;
  if (secret === 'basic') return `-u ${sh(`${encodeURIComponent(clientId)}:`)}"$CLIENT_SECRET"`;
  return `--data-urlencode client_id=${sh(clientId)} --data-urlencode client_secret="$CLIENT_SECRET"`;
}

function forMachine(values: SnippetValues): string {
  const { issuer, scopes, resource } = values;
  const more = resource === undefined ? '' : ` \\\n  --data-urlencode resource=${sh(resource)}`;
  return `curl -sS ${sh(`${issuer}/token`)} ${proof(values)} \\
  -d grant_type=client_credentials --data-urlencode scope=${sh(scopes.join(' '))}${more}
`;
}

function forPeople(values: SnippetValues): string {
  const { issuer, clientId, redirectUri, scopes } = values;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    code_challenge_method: 'S256',
  }).toString();
  return `verifier=$(openssl rand -hex 32)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=')
echo "Open:" ${sh(`${issuer}/authorize?${query}&code_challenge=`)}"$challenge"
echo "Then paste the parameter code of the address that you come to:"
read -r code
curl -sS ${sh(`${issuer}/token`)} ${proof(values)} \\
  -d grant_type=authorization_code --data-urlencode code="$code" \\
  --data-urlencode redirect_uri=${sh(redirectUri)} -d code_verifier="$verifier"
`;
}
