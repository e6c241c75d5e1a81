import { reach } from './discover.js';

/** The answer to a token request (RFC 6749 §4.4, §2.3.1) of a client that acts for itself. It follows no redirect. */
export async function requestClientToken(
  endpoint: string,
  { clientId, secret }: { readonly clientId: string; readonly secret: string },
  form: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, string>> }> {
  const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
  const answer = await reach(endpoint, {
    method: 'POST',
    redirect: 'error',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
