/** As much of PostgreSQL's protocol (version 3) as a proxy needs to tell connections and answers apart. */

const PROTOCOL_3 = 196_608;
const READY = 'Z'.charCodeAt(0);
const READY_LENGTH = 5;
const IDLE = 'I'.charCodeAt(0);

/** The parameters of a StartupMessage; empty for what asks for TLS or cancels. Undefined until it is whole. */
export function readStartup(bytes: Buffer): ReadonlyMap<string, string> | undefined {
  if (bytes.length < 8 || bytes.length < bytes.readInt32BE(0)) return undefined;
  if (bytes.readInt32BE(4) !== PROTOCOL_3) return new Map();
  const fields = bytes.toString('utf8', 8, bytes.readInt32BE(0)).split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    parameters.set(fields[index] ?? '', fields[index + 1] ?? '');
  }
  return parameters;
}

/** Whether the server says here that no transaction is open any more: what was asked for is done, and durable. */
export function tellsEndOfTransaction(answer: Buffer): boolean {
  const ready = Buffer.from([READY, 0, 0, 0, READY_LENGTH, IDLE]);
  return answer.includes(ready);
}
