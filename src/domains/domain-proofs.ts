import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { pinned } from '../webhooks/pinned-lookup.js';
import { ReceiverAddresses, ReceiverRefusedError } from '../webhooks/receiver-addresses.js';
import { type DomainChallenge, type DomainCheck, type ProofFinding, challengeOf } from './domain-check.js';

const DNS_TRY_MS = 2000;
const DNS_TRIES = 2;
const FILE_MS = 4000;
/** The file has one line for each tenant that claims the domain. */
const MAX_FILE_BYTES = 4096;
const SHOWN_RECORDS = 5;
const SHOWN_LENGTH = 120;
/**
 * Checks at once in one process: each waits for servers that somebody else chose. The platform's own are 20 at most, so
 * that there is room for people who ask.
 */
const MAX_AT_ONCE = 30;

export interface FilePorts {
  readonly https: number;
  readonly http: number;
}

export const FILE_PORTS = Symbol('FILE_PORTS');
const USUAL_PORTS: FilePorts = { https: 443, http: 80 };

/** What one web server says of the file, or that it says nothing: it is away, or refuses us. */
interface FileAnswer {
  readonly says: 'proven' | 'absent' | 'elsewhere' | 'nothing';
  readonly detail: string;
}

/** Too many domains are being looked at; to be asked again in a few seconds. */
export class ProofsBusyError extends Error {}

/**
 * Looks for the proof that somebody holds a domain: a record of type TXT, or a file. The file is fetched from public
 * addresses only, as webhooks are sent to them only; redirects are not followed.
 */
@Injectable()
export class DomainProofs {
  private readonly receivers: ReceiverAddresses;
  private underWay = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'production' | 'webhooksAllowedNetworks' | 'domainResolvers'>,
    @Optional() @Inject(FILE_PORTS) private readonly ports: FilePorts = USUAL_PORTS,
  ) {
    this.receivers = new ReceiverAddresses(config);
  }

  /** @throws ProofsBusyError */
  async check(domain: string, token: string): Promise<DomainCheck> {
    if (this.underWay >= MAX_AT_ONCE) throw new ProofsBusyError('Too many domains are being looked at.');
    this.underWay += 1;
    const resolver = this.createResolver();
    try {
      const challenge = challengeOf({ domain, token });
      const dns = await this.checkRecord(resolver, challenge);
      return dns.proven ? { dns } : { dns, file: await this.checkFile(resolver, domain, challenge) };
    } finally {
      resolver.cancel();
      this.underWay -= 1;
    }
  }

  private createResolver(): Resolver {
    const resolver = new Resolver({ timeout: DNS_TRY_MS, tries: DNS_TRIES });
    if (this.config.domainResolvers.length > 0) resolver.setServers(this.config.domainResolvers);
    return resolver;
  }

  private async checkRecord(resolver: Resolver, { recordName, value }: DomainChallenge): Promise<ProofFinding> {
    try {
      const records = (await resolver.resolveTxt(recordName)).map((parts) => parts.join(''));
      const proven = records.includes(value);
      const detail = proven
        ? 'The record proves it.'
        : `${recordName} has ${records.length === 1 ? 'a record' : `${records.length} records`} of type TXT, and none is the expected one.`;
      return { proven, conclusive: true, found: records.slice(0, SHOWN_RECORDS).map(readable), detail };
    } catch (error) {
      return missing(explainDns(recordName, error), isAbsent(error));
    }
  }

  /** By https, and by http where there is no certificate yet. */
  private async checkFile(resolver: Resolver, domain: string, challenge: DomainChallenge): Promise<ProofFinding> {
    let addresses: readonly LookupAddress[];
    try {
      // The scheme decides nothing here: a public address may be asked by both.
      addresses = await this.receivers.find(new URL(`https://${domain}`), () => addressesOf(resolver, domain));
    } catch (error) {
      if (!(error instanceof ReceiverRefusedError)) return missing(explainDns(domain, error), isAbsent(error));
      return missing(`${domain} leads to no public address, so no file is fetched from there.`, false);
    }
    const secure = await this.fetchFile(`https://${domain}:${this.ports.https}`, addresses, challenge);
    if (secure.says === 'proven') return proof(challenge);
    const plain = await this.fetchFile(`http://${domain}:${this.ports.http}`, addresses, challenge);
    if (plain.says === 'proven') return proof(challenge);
    // By http a redirect to https is usual, so it tells nothing about a server that https does not reach.
    const isSettled = [secure.says, plain.says].includes('absent') || secure.says === 'elsewhere';
    return missing(`${secure.detail} ${plain.detail}`, isSettled);
  }

  private async fetchFile(
    origin: string,
    addresses: readonly LookupAddress[],
    { filePath, value }: DomainChallenge,
  ): Promise<FileAnswer> {
    const url = `${new URL(origin).origin}${filePath}`;
    try {
      const { status, text } = await get(new URL(url), addresses);
      if (status >= 300 && status < 400) {
        return { says: 'elsewhere', detail: `${url} answered ${status}; redirects are not followed.` };
      }
      if (status !== 200) return { says: isGone(status) ? 'absent' : 'nothing', detail: `${url} answered ${status}.` };
      if (!text.split(/\r?\n/).some((line) => line.trim() === value)) {
        return { says: 'absent', detail: `${url} answered 200, and has no line that is the expected one.` };
      }
      return { says: 'proven', detail: '' };
    } catch (error) {
      const { code = '', name } = error as { code?: string; name: string };
      const why =
        name === 'TimeoutError' || name === 'AbortError' ? `no answer within ${FILE_MS / 1000} seconds` : code;
      return { says: 'nothing', detail: `${url} could not be fetched (${readable(why || 'the connection failed')}).` };
    }
  }
}

/** By the same name servers as the record, within the same time. */
async function addressesOf(resolver: Resolver, domain: string): Promise<readonly LookupAddress[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)]);
  if (four.status === 'rejected' && six.status === 'rejected') throw isAbsent(four.reason) ? six.reason : four.reason;
  return [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
  ];
}

/** Reads no more of the body than a proof may have. */
function get(url: URL, addresses: readonly LookupAddress[]): Promise<{ status: number; text: string }> {
  const send = url.protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      headers: { accept: 'text/plain', 'user-agent': 'tenantry-domain-check' },
      lookup: pinned(addresses),
      agent: false, // a connection of its own, which goes to the checked addresses
      signal: AbortSignal.timeout(FILE_MS),
    });
    request.once('response', (response) => {
      const read: Buffer[] = [];
      let length = 0;
      const end = () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(read).toString('utf8') });
        request.destroy();
      };
      response.on('data', (part: Buffer) => {
        read.push(part.subarray(0, MAX_FILE_BYTES - length));
        length += part.length;
        if (length >= MAX_FILE_BYTES) end();
      });
      response.once('end', end);
      response.once('error', reject);
    });
    request.on('error', reject);
    request.once('close', () => reject(new Error('The connection ended without an answer.')));
    request.end();
  });
}

function proof({ value }: DomainChallenge): ProofFinding {
  return { proven: true, conclusive: true, found: [value], detail: 'The file proves it.' };
}

function missing(detail: string, conclusive: boolean): ProofFinding {
  return { proven: false, conclusive, found: [], detail };
}

/** Name servers said so, as opposed to: they said nothing (NXDOMAIN and NODATA, RFC 2308 §2). */
function isAbsent(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA'].includes((error as { code?: string }).code ?? '');
}

/** Other errors are of a server that is at fault or does not let us in. */
function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

function explainDns(name: string, error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code === 'ENOTFOUND') return `The name ${name} does not exist.`;
  if (code === 'ENODATA') return `The name ${name} has no such record.`;
  return `The name servers gave no answer for ${name} (${readable(code || 'unknown')}).`;
}

/** A record is what a stranger wrote. */
function readable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, SHOWN_LENGTH);
}
