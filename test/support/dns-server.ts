import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES: Readonly<Record<number, 'A' | 'TXT'>> = { 1: 'A', 16: 'TXT' };

/** A name server on a free port of this machine, with the records that a test gives it (RFC 1035 §4). */
export class DnsServer {
  private readonly records = new Map<string, string[]>();
  /** Names that were asked for, with the type: `TXT name`. */
  readonly asked: string[] = [];
  /** Whether it fails to find out anything: it answers SERVFAIL. */
  isDown = false;

  private constructor(private readonly socket: Socket) {
    socket.on('message', (query, from) => socket.send(this.answer(query), from.port, from.address));
  }

  static async start(): Promise<DnsServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DnsServer(socket);
  }

  /** As `DOMAIN_RESOLVERS` has it. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  set(type: 'A' | 'TXT', name: string, ...values: string[]): void {
    this.records.set(`${type} ${name}`, values);
  }

  /** A name without records does not exist. */
  remove(type: 'A' | 'TXT', name: string): void {
    this.records.delete(`${type} ${name}`);
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }

  private answer(query: Buffer): Buffer {
    const { name, end } = readName(query);
    const type = TYPES[query.readUInt16BE(end)];
    this.asked.push(`${type} ${name}`);
    const values = (!this.isDown && type && this.records.get(`${type} ${name}`)) || [];
    const isKnown = [...this.records.keys()].some((key) => key.endsWith(` ${name}`));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An answer with authority, NXDOMAIN or SERVFAIL.
    header.writeUInt16BE(0x8580 | (this.isDown ? 2 : isKnown ? 0 : 3), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(values.length, 6);
    const question = query.subarray(12, end + 4);
    return Buffer.concat([header, question, ...values.map((value) => record(type ?? 'A', value))]);
  }
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** Its name is that of the question (a pointer to byte 12). */
function record(type: 'A' | 'TXT', value: string): Buffer {
  const data =
    type === 'A'
      ? Buffer.from(value.split('.').map(Number))
      : Buffer.concat([Buffer.from([value.length]), Buffer.from(value, 'latin1')]);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type === 'A' ? 1 : 16, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
