/** Long enough for a service on another continent, short enough for the person who waits. */
const TIMEOUT_MS = 3000;
/** A range of Have I Been Pwned with padding is some 40 kB. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const PREFIX_DIGITS = 5;

/**
 * Asks a service by the first five digits of a hash, as the range API of Have I Been Pwned is asked. It learns neither
 * the password nor its hash, and with `Add-Padding` the length of the answer tells nothing to who listens.
 * @param url the address that the five digits are appended to
 * @throws when there is no answer in time, or one that cannot be read
 */
export async function isInRange(url: string, hash: Buffer, timeoutMs = TIMEOUT_MS): Promise<boolean> {
  const digits = hash.toString('hex').toUpperCase();
  const [prefix, suffix] = [digits.slice(0, PREFIX_DIGITS), digits.slice(PREFIX_DIGITS)];
  const answer = await fetch(`${url.replace(/\/$/, '')}/${prefix}`, {
    headers: { 'Add-Padding': 'true', 'User-Agent': 'tenantry', Accept: 'text/plain' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`The range query was answered with ${answer.status}.`);
  }
  const lines = (await readBounded(answer)).split(/\r?\n/);
  if (!lines.some((line) => LINE.test(line))) throw new Error('The answer to the range query is not a list of hashes.');
  // Padding has the count 0.
  return lines.some(
    (line) => line.slice(0, suffix.length).toUpperCase() === suffix && !/^:0+$/.test(line.slice(suffix.length).trim()),
  );
}

const LINE = /^[0-9A-Fa-f]{35}(:\d+)?\s*$/;

async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += (chunk as Uint8Array).length;
    // Leaving the loop cancels the rest.
    if (length > MAX_ANSWER_BYTES) throw new Error('The answer to the range query is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}
