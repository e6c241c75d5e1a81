import { reach } from './discover.js';
import { requireOwnServer } from './own-server.js';
import { CliError, type Installation, findInstallation } from './installation.js';

export interface ManagementOptions {
  readonly url?: string;
  /** Of client `operator`; in development it is found in DATA_DIR. */
  readonly secret?: string;
}

/**
 * A request to the management API as the operator.
 * @param missing what is not there when the answer is 404, such as `tenant acme`
 * @throws CliError with what the problem says
 */
export async function manage(
  options: ManagementOptions,
  method: string,
  path: string,
  { body, missing = 'such address' }: { readonly body?: object; readonly missing?: string } = {},
): Promise<string> {
  const installation = findInstallation(options.url);
  await requireOwnServer(installation, options);
  const answer = await reach(`${installation.publicUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await operatorToken(installation, options.secret)}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status === 404) {
    throw new CliError(`There is nothing to do this with: ${installation.publicUrl} has no ${missing}.`);
  }
  if (!answer.ok) throw new CliError(describeProblem(answer.status, text));
  return text === '' ? '' : JSON.stringify(JSON.parse(text), null, 2);
}

async function operatorToken({ publicUrl, secrets }: Installation, given: string | undefined): Promise<string> {
  const secret = given ?? (process.env['BOOTSTRAP_CLIENT_SECRET'] || undefined) ?? secrets?.bootstrapClientSecret;
  if (!secret) throw new CliError('The secret of client operator is not known here; set BOOTSTRAP_CLIENT_SECRET.');
  const answer = await reach(`${publicUrl}/t/system/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`operator:${encodeURIComponent(secret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const body = (await answer.json()) as Record<string, string>;
  if (answer.status === 401) {
    throw new CliError(
      'The platform does not accept the secret of client operator: give it with --secret or BOOTSTRAP_CLIENT_SECRET.',
    );
  }
  if (!answer.ok) throw new CliError(`The operator got no token: ${body['error']}.`);
  return String(body['access_token']);
}

function describeProblem(status: number, text: string): string {
  try {
    const { title, detail, errors } = JSON.parse(text) as {
      title?: string;
      detail?: string;
      errors?: { pointer?: string; parameter?: string; detail: string }[];
    };
    // A single error is the detail itself.
    const members = (errors?.length === 1 ? [] : (errors ?? []))
      .map((error) => `\n  ${error.pointer ?? error.parameter}: ${error.detail}`)
      .join('');
    return `${title ?? status}${detail === undefined ? '' : `: ${detail}`}${members}`;
  } catch {
    return `The platform answered ${status}.`;
  }
}
