import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ReceiverAddresses } from '../../src/webhooks/receiver-addresses.js';
import { eventPayload } from '../../src/webhooks/webhook-payload.js';
import { WebhookSender } from '../../src/webhooks/webhook-sender.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { toTenantId } from '../../src/database/tenant-id.js';

const NO_NETWORKS: readonly string[] = [];
const PRODUCTION = { production: true, webhooksAllowedNetworks: NO_NETWORKS };
const DEVELOPMENT = { production: false, webhooksAllowedNetworks: NO_NETWORKS };

let receiver: WebhookReceiver;
const servers: Server[] = [];
beforeAll(async () => void (receiver = await WebhookReceiver.start()));
afterAll(() => receiver.stop());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Addresses that a name resolves to, one list after the other. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    const addresses = answers[asked.length] ?? answers.at(-1) ?? [];
    asked.push(name);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, resolve };
}

const sender = (config = PRODUCTION, resolve = resolver(['127.0.0.1']).resolve, attemptMs = 60_000) =>
  new WebhookSender(config, { resolve, attemptMs });

/** Addresses that must not be reached, however they are written. */
const PRIVATE = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  'fe80::1',
  'fec0::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '4000::1',
];

describe('addresses that are not public', () => {
  it.each(PRIVATE)('%s is refused when a name leads to it', async (address) => {
    const answer = await sender(PRODUCTION, resolver([address]).resolve).send('https://hooks.example', {}, '{}');
    expect(answer).toMatchObject({ outcome: 'later', status: undefined });
    expect(answer.error).toMatch(/WEBHOOKS_ALLOWED_NETWORKS|has no address/);
  });

  it.each(PRIVATE)('%s is refused when a webhook is made', (address) => {
    const host = address.includes(':') ? `[${address}]` : address;
    expect(new ReceiverAddresses(PRODUCTION).findFault(`https://${host}/`)).toContain('WEBHOOKS_ALLOWED_NETWORKS');
  });

  it.each([
    'https://0x7f000001/',
    'https://2130706433/',
    'https://127.1/',
    'https://localhost/',
    'https://a.localhost./',
  ])('%s is this machine', (url) => expect(new ReceiverAddresses(PRODUCTION).findFault(url)).toContain('not public'));

  it('a public address among them is the only one that is connected to', async () => {
    const { resolve } = resolver(['10.0.0.1', '93.184.216.34', '::1']);
    const found = await new ReceiverAddresses(PRODUCTION).find(new URL('https://hooks.example'), resolve);
    expect(found).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it('are checked at each attempt: a name that leads elsewhere the second time is refused then', async () => {
    const { asked, resolve } = resolver(['127.0.0.1'], ['169.254.169.254']);
    const sending = sender(DEVELOPMENT, resolve);
    const url = `http://rebinding.example:${receiver.port}/rebinding`;
    expect(await sending.send(url, {}, '{"type":"a"}')).toMatchObject({ outcome: 'delivered', status: 204 });
    expect(asked).toEqual(['rebinding.example']); // once: what was checked is what was connected to
    const second = await sending.send(url, {}, '{"type":"b"}');
    expect(second).toMatchObject({ outcome: 'later', status: undefined });
    expect(second.error).toContain('not public');
    expect(receiver.at('/rebinding')).toHaveLength(1);
    expect(receiver.at('/rebinding')[0]?.headers['host']).toBe(`rebinding.example:${receiver.port}`);
  });

  it('may be allowed by the operator, over plain HTTP too', async () => {
    const config = { production: true, webhooksAllowedNetworks: ['127.0.0.0/8', 'fd00::/8', '10.1.1.1'] };
    const addresses = new ReceiverAddresses(config);
    for (const url of ['https://127.0.0.1/', 'http://127.0.0.1:8080/', 'https://[fd00::1]/', 'http://10.1.1.1/']) {
      expect([url, addresses.findFault(url)]).toEqual([url, undefined]);
    }
    for (const url of ['https://10.1.1.2/', 'https://[fc00::1]/', 'http://93.184.216.34/']) {
      expect([url, addresses.findFault(url)]).toEqual([url, expect.any(String)]);
    }
    const url = `http://hooks.internal:${receiver.port}/allowed`;
    expect(await sender(config).send(url, {}, '{}')).toMatchObject({ outcome: 'delivered' });
    const public4 = await sender(config, resolver(['93.184.216.34']).resolve).send('http://hooks.example', {}, '{}');
    expect(public4.error).toContain('https');
  });
});

describe('the address of a receiver', () => {
  it.each([
    ['http://hooks.example/', /https/],
    ['ftp://hooks.example/', /https/],
    ['https://user:password@hooks.example/', /user and password/],
    ['https://hooks.example/#part', /fragment/],
    ['https://hooks.example:22/', /port 443/],
    ['https://hooks.example:25/', /port 443/],
    ['hooks.example', /https/],
  ])('%s is refused', (url, fault) => {
    for (const config of [PRODUCTION, DEVELOPMENT]) expect(new ReceiverAddresses(config).findFault(url)).toMatch(fault);
  });

  it.each([
    'https://hooks.example/',
    'https://hooks.example:8443/a?b=c',
    'https://93.184.216.34/',
    'https://[2606:4700::1]/',
  ])('%s is taken', (url) => expect(new ReceiverAddresses(PRODUCTION).findFault(url)).toBeUndefined());

  it('may be this machine by plain HTTP outside of production', () => {
    for (const url of ['http://127.0.0.1:4000/', 'http://localhost:4000/', 'http://[::1]:4000/']) {
      expect(new ReceiverAddresses(DEVELOPMENT).findFault(url)).toBeUndefined();
      expect(new ReceiverAddresses(PRODUCTION).findFault(url)).toBeDefined();
    }
  });
});

describe('an attempt ends', () => {
  async function listen(server: Server): Promise<string> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('by its time limit, when a receiver never answers', async () => {
    const url = await listen(createTcpServer((socket) => void socket.on('error', () => undefined)));
    const answer = await sender(DEVELOPMENT, undefined, 50).send(url, {}, '{}');
    expect(answer).toMatchObject({ outcome: 'later', error: 'There was no answer within 0.05 seconds.' });
  });

  it('by its time limit, when a resolver never answers', async () => {
    const never = () => new Promise<never>(() => undefined);
    const answer = await sender(PRODUCTION, never, 50).send('https://hooks.example', {}, '{}');
    expect(answer.error).toMatch(/no answer/);
  });

  it('with the status, when a body has no end', async () => {
    const url = await listen(
      createServer((_, response) => {
        response.on('error', () => undefined).writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536))) continue;
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      }),
    );
    expect(await sender(DEVELOPMENT).send(url, {}, '{}')).toMatchObject({ outcome: 'delivered', status: 200 });
  });

  it('when the process stops', async () => {
    const arrived = new Promise<string>((resolve) => {
      void listen(createTcpServer((socket) => void socket.on('error', () => undefined))).then(resolve);
    });
    const sending = sender(DEVELOPMENT);
    const url = await arrived;
    const connected = once(servers[0] as Server, 'connection');
    const attempt = sending.send(url, {}, '{}');
    await connected;
    sending.close();
    expect(await attempt).toMatchObject({ outcome: 'later', error: 'The process was stopped during the attempt.' });
  });

  it.each([
    'HTTP/1.1 999 \r\n\r\n',
    'nonsense\r\n\r\n',
    'HTTP/1.1 101 Switching\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n',
  ])('with an error, when the answer is %j', async (answer) => {
    const url = await listen(
      createTcpServer((socket) => void socket.on('error', () => undefined).on('data', () => socket.end(answer))),
    );
    expect(await sender(DEVELOPMENT).send(url, {}, '{}')).toMatchObject({ outcome: 'later' });
  });
});

describe('a payload', () => {
  const event = {
    tenant_id: toTenantId('01a2145a-5cc8-7176-a36e-1517ab88e93c'),
    id: '01a2145a-6597-72eb-bdad-2d39eeb3969b',
    occurred_at: '2026-01-31T12:00:00.000Z',
    type: 'user.updated',
    outcome: 'success',
    actor: null,
    client_id: null,
    user_id: null,
    target: null,
    address: null,
    request_id: null,
    details: { changed: ['name'] },
  };

  it('of more than 20 kB is sent without its details', () => {
    const small = JSON.parse(eventPayload(event)) as { data: object };
    expect(small.data).toMatchObject({ details: { changed: ['name'] } });
    const text = eventPayload({ ...event, details: { text: 'ü'.repeat(15_000) } });
    expect(Buffer.byteLength(text)).toBeLessThan(20_000);
    expect(JSON.parse(text)).toMatchObject({ type: 'user.updated', data: { details: null, details_left_out: true } });
  });
});
