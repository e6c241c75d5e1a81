import { randomBytes, timingSafeEqual } from 'node:crypto';
import { installationProof } from '../crypto/installation-proof.js';
import { reach } from './discover.js';
import { CliError, type Installation, type Whereabouts, findReadableSecrets } from './installation.js';

/**
 * Checks that the server is this installation before a secret is sent. Another program may have taken the port. The
 * check is skipped with TLS, which authenticates the server, and when the person gave both the address and the secret.
 * @throws CliError
 */
export async function requireOwnServer(
  { publicUrl, secrets }: Pick<Installation, 'publicUrl' | 'secrets'>,
  given: { readonly url?: string | undefined; readonly secret?: string | undefined },
): Promise<void> {
  if (publicUrl.startsWith('https:') || (given.url !== undefined && given.secret !== undefined)) return;
  const masterKey = process.env['MASTER_KEY'] || secrets?.masterKey;
  if (!masterKey) {
    throw new CliError(
      `Nothing here tells whether ${publicUrl} is your installation, so no secret is sent there. Run this where its ` +
        '.data or its environment is (DATA_DIR, MASTER_KEY), use https:, or name both with --url and --secret.',
    );
  }
  const challenge = randomBytes(24).toString('base64url');
  const answer = await reach(`${publicUrl}/health/installation?challenge=${challenge}`, { redirect: 'error' });
  if (answer.status === 503) throw new CliError(`The platform at ${publicUrl} is not ready yet; try again.`);
  const expected = installationProof(Buffer.from(masterKey, 'base64'), { challenge, url: publicUrl });
  if (answer.ok && isEqual(await proofIn(answer), expected)) return;
  throw new CliError(
    `What answers at ${publicUrl} is not the installation of this directory, so no secret was sent. Start yours with ` +
      '"npm start", or set DATA_DIR, PORT or PUBLIC_URL to those it has.',
  );
}

/**
 * The same before a person signs in at a page and gives commands, for which no secret of the installation is needed. A
 * tenant admin may have none to compare with: then, and where the person names the address, it is the person who knows.
 * @throws CliError
 */
export async function refuseStranger(
  { publicUrl }: Whereabouts,
  given: { readonly url?: string | undefined },
): Promise<void> {
  const secrets = findReadableSecrets();
  if (given.url !== undefined || !(process.env['MASTER_KEY'] || secrets)) return;
  await requireOwnServer({ publicUrl, secrets }, {});
}

async function proofIn(answer: Response): Promise<string> {
  try {
    return String(((await answer.json()) as { proof?: unknown }).proof);
  } catch {
    return '';
  }
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
