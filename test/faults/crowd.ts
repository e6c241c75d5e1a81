import { type Socket, connect } from 'node:net';

const AT_ONCE = 250;
const DRIP_MS = 400;

/** Many connections that behave alike. */
export class Crowd {
  connected = 0;
  private dripping: NodeJS.Timeout | undefined;

  private constructor(private readonly sockets: readonly Socket[]) {}

  static async connect(port: number, count: number): Promise<Crowd> {
    const sockets: Socket[] = [];
    const crowd = new Crowd(sockets);
    while (sockets.length < count) {
      const group = Array.from({ length: Math.min(AT_ONCE, count - sockets.length) }, () => connect(port, '127.0.0.1'));
      sockets.push(...group);
      await Promise.all(group.map((socket) => crowd.join(socket)));
    }
    return crowd;
  }

  /** How many the platform has not closed. A connection that is not read does not tell, so each is asked by writing. */
  get open(): number {
    for (const socket of this.sockets) if (socket.isPaused() && socket.writable) socket.write('\r\n');
    return this.sockets.filter(({ destroyed }) => !destroyed).length;
  }

  each(act: (socket: Socket, index: number) => void): void {
    for (const [index, socket] of this.sockets.entries()) act(socket, index);
  }

  /** Every one of them sends this text, byte by byte. */
  drip(text: string): void {
    let sent = 0;
    this.dripping = setInterval(() => {
      this.each((socket) => void (socket.writable && socket.write(text.slice(sent, sent + 1))));
      sent += 1;
    }, DRIP_MS);
  }

  leave(): void {
    clearInterval(this.dripping);
    for (const socket of this.sockets) socket.destroy();
  }

  private join(socket: Socket): Promise<void> {
    socket.on('data', () => undefined);
    return new Promise((resolve) => {
      socket.once('connect', () => {
        this.connected += 1;
        resolve();
      });
      socket.on('error', () => resolve());
    });
  }
}
