import { equalInConstantTime } from '../crypto/digest.js';

/** Time-based one-time passwords, RFC 6238: SHA-1, six digits, thirty seconds, as every authenticator app takes them. */

const PERIOD_SECONDS = 30;
/** RFC 6238 §5.2: one step of delay, in either direction. */
const WINDOW = [0, -1, 1] as const;
/** RFC 4226 §4 R6: 160 bits. */
const SECRET_BYTES = 20;

/** Loaded with the first code: most processes and most sign-ins need none. */
const library = () => import('otplib');

export async function newTotpSecret(): Promise<string> {
  const { generateSecret } = await library();
  return generateSecret({ length: SECRET_BYTES });
}

/** What the app scans; its issuer is shown beside the account there. */
export async function totpUri(secret: string, issuer: string, label: string): Promise<string> {
  const { generateURI } = await library();
  return generateURI({ issuer, label, secret });
}

/**
 * The time step of a code that is right and was not used before.
 * @param afterStep the last one that was used (RFC 6238 §5.2: "MUST NOT accept the second attempt of the OTP")
 */
export async function findTotpStep(
  secret: string,
  typed: string,
  { now = Date.now() / 1000, afterStep = -1 }: { readonly now?: number; readonly afterStep?: number } = {},
): Promise<number | undefined> {
  const code = readDigits(typed);
  if (code === undefined) return undefined;
  const { generate } = await library();
  const current = Math.floor(now / PERIOD_SECONDS);
  for (const distance of WINDOW) {
    const step = current + distance;
    const expected = await generate({ secret, epoch: step * PERIOD_SECONDS, period: PERIOD_SECONDS });
    if (equalInConstantTime(Buffer.from(expected), Buffer.from(code)) && step > afterStep) return step;
  }
  return undefined;
}

/** Apps show "123 456", and people type it so. */
function readDigits(typed: string): string | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}
