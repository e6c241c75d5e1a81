import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DomainProofs } from '../../src/domains/domain-proofs.js';
import { challengeOf } from '../../src/domains/domain-check.js';
import { DnsServer } from '../support/dns-server.js';

const DOMAIN = 'login.acme.example';
const TOKEN = 'the-token-of-acme';
const { value, filePath } = challengeOf({ domain: DOMAIN, token: TOKEN });

let dns: DnsServer;
let web: Server;
let port: number;
let answer: (response: ServerResponse, path: string) => void;
const asked: string[] = [];

beforeAll(async () => {
  dns = await DnsServer.start();
  dns.set('A', DOMAIN, '127.0.0.1');
  web = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    answer(response, request.url ?? '');
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  ({ port } = web.address() as AddressInfo);
});
afterAll(async () => {
  web.closeAllConnections();
  web.close();
  await dns.stop();
});

/** The file is looked for at our server by http; nothing speaks https there. */
const fileOf = async (settings: { production?: boolean; webhooksAllowedNetworks?: string[] } = {}) => {
  const config = { production: false, webhooksAllowedNetworks: [], domainResolvers: [dns.address], ...settings };
  const { file } = await new DomainProofs(config, { https: 1, http: port }).check(DOMAIN, TOKEN);
  return file;
};

describe('a file as proof', () => {
  it('is one of the lines at a fixed address', async () => {
    answer = (response) => void response.end(`tenantry-challenge=another\r\n${value}\r\n`);
    expect(await fileOf()).toMatchObject({ proven: true, found: [value] });
    expect(asked.at(-1)).toBe(`${DOMAIN}:${port} ${filePath}`);
  });

  it.each<[string, (response: ServerResponse, path: string) => void, RegExp, boolean]>([
    [
      'an error page that repeats the path',
      (response, path) => void response.end(`no ${path}, no ${value}!`),
      /no line/,
      true,
    ],
    ['not found', (response) => void response.writeHead(404).end(value), /answered 404/, true],
    ['gone', (response) => void response.writeHead(410).end(value), /answered 410/, true],
    ['a fault', (response) => void response.writeHead(503).end(value), /answered 503/, false],
    ['a door that is shut', (response) => void response.writeHead(403).end(value), /answered 403/, false],
    [
      'a redirect, which is not followed',
      (response) => void response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end(),
      /302; redirects are not followed/,
      false, // nothing speaks https, to which it may lead
    ],
    ['more than a proof may have', (response) => void response.end(`${'x'.repeat(5000)}\n${value}`), /no line/, true],
    ['a connection that is cut', (response) => void response.destroy(), /could not be fetched/, false],
    [
      'an answer that is cut',
      (response) => void (response.write(value), response.destroy()),
      /could not be fetched/,
      false,
    ],
  ])('is not %s', async (_, respond, why, conclusive) => {
    answer = respond;
    const file = await fileOf();
    const detail = expect.stringMatching(why) as unknown;
    expect(file).toMatchObject({ proven: false, conclusive, found: [], detail });
    expect(asked.at(-1)).not.toContain('elsewhere');
  });

  it('is not fetched from private addresses, unless an operator allows their network', async () => {
    answer = (response) => void response.end(value);
    const before = asked.length;
    expect(await fileOf({ production: true })).toMatchObject({
      proven: false,
      detail: expect.stringContaining('no public address') as unknown,
    });
    expect(asked).toHaveLength(before);
    expect(await fileOf({ production: true, webhooksAllowedNetworks: ['127.0.0.1'] })).toMatchObject({ proven: true });
  });
});

describe('a record as proof', () => {
  it('is enough, and the file is not asked for', async () => {
    const name = challengeOf({ domain: 'dns.acme.example', token: TOKEN });
    dns.set('TXT', name.recordName, 'other', value);
    const config = { production: true, webhooksAllowedNetworks: [], domainResolvers: [dns.address] };
    const check = await new DomainProofs(config).check('dns.acme.example', TOKEN);
    expect(check).toEqual({
      dns: { proven: true, conclusive: true, found: ['other', value], detail: 'The record proves it.' },
    });
  });

  it('is shown without what could do harm on a screen', async () => {
    const name = challengeOf({ domain: 'odd.acme.example', token: TOKEN });
    dns.set('TXT', name.recordName, '\u001b[31mred\u0000', 'x'.repeat(200));
    const config = { production: true, webhooksAllowedNetworks: [], domainResolvers: [dns.address] };
    const { dns: found } = await new DomainProofs(config).check('odd.acme.example', TOKEN);
    expect(found.found).toEqual(['?[31mred?', 'x'.repeat(120)]);
  });

  it('is absent when name servers say so, and unknown when they say nothing', async () => {
    const config = { production: true, webhooksAllowedNetworks: [], domainResolvers: [dns.address] };
    const check = (domain: string) => new DomainProofs(config).check(domain, TOKEN);
    const absent = { proven: false, conclusive: true };
    expect(await check('nowhere.acme.example')).toMatchObject({ dns: absent, file: absent });
    const { recordName } = challengeOf({ domain: 'bare.acme.example', token: TOKEN });
    dns.set('A', recordName, '127.0.0.1');
    dns.set('TXT', 'bare.acme.example', 'v=spf1 -all');
    expect(await check('bare.acme.example')).toMatchObject({ dns: absent, file: absent });
    dns.isDown = true;
    const unknown = { proven: false, conclusive: false, detail: expect.stringContaining('gave no answer') as unknown };
    expect(await check('bare.acme.example')).toMatchObject({ dns: unknown, file: unknown });
    dns.isDown = false;
  });

  it('is missing when no name server answers', async () => {
    const config = { production: true, webhooksAllowedNetworks: [], domainResolvers: ['127.0.0.1:9'] };
    const check = await new DomainProofs(config).check(DOMAIN, TOKEN);
    expect(check.dns).toMatchObject({
      proven: false,
      conclusive: false,
      detail: expect.stringContaining('gave no answer') as unknown,
    });
  });
});
