import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/audit-chain/canonical-json.js';
import {
  type ChainedEvent,
  commitTo,
  digestOf,
  linkHash,
  personalValues,
  saltedDigest,
} from '../../src/audit-chain/sealed-event.js';

const EVENT: ChainedEvent = {
  tenant_id: '018f0000-0000-7000-8000-000000000001',
  id: '018f0000-0000-7000-8000-000000000002',
  occurred_at: '2026-01-02T03:04:05.678Z',
  type: 'token.issued',
  outcome: 'success',
  actor: null,
  client_id: 'shop',
  user_id: null,
  target: null,
  address: null,
  request_id: 'r-1',
  details: { scope: 'orders:read', grant_type: 'client_credentials', note: 'a "quoted" text, é and \n' },
};
const FAILED: ChainedEvent = {
  ...EVENT,
  type: 'user.sign_in_failed',
  outcome: 'failure',
  address: '192.0.2.1',
  details: { identifier: 'ann@example.com', reason: 'unknown_user' },
};
const UPDATED: ChainedEvent = {
  ...EVENT,
  type: 'user.updated',
  details: { changed: ['email'], before: { email: 'a@example.com' }, through: 'api' },
};
const digestsFor = (event: ChainedEvent) =>
  Object.fromEntries(Object.keys(personalValues(event)).map((name) => [name, `digest of ${name}`]));

describe('Canonical JSON', () => {
  it('sorts members by UTF-16 code units (RFC 8785 §3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, null])));
    expect(text).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`);
    expect(canonicalJson({ 9: 'i', 10: 'j', '-': 'k' })).toBe('{"-":"k","10":"j","9":"i"}');
  });

  it('writes texts and numbers as ECMAScript does, and leaves out what has no value', () => {
    const texts = ['', '"', '\\', '\u0000', '\u007f', '\u2028', '\ud800', 'a b~', 'é'];
    for (const text of texts) expect(canonicalJson(text)).toBe(JSON.stringify(text));
    expect(canonicalJson([1e21, 0.000001, -0, 4.5, true, undefined, { a: undefined, b: [] }])).toBe(
      '[1e+21,0.000001,0,4.5,true,null,{"b":[]}]',
    );
  });
});

/** As logs that are kept already have them: another result would make a good log look forged. */
describe('What enters the chain of an audit log', () => {
  it('has the digest that it always had', () => {
    const digests = [EVENT, FAILED, UPDATED].map((event) => digestOf(event, digestsFor(event)));
    expect(digests).toEqual([
      'E9y62JqOl_Zfdn4hgXSGiAgiKZaC0CFtA80Tyk90k9Y',
      'viFFp6-3eA46fbDwt4bkrbIgkvwuzaLpyaOyPDAG1gc',
      'Wg3Pu68Ozac0XiTBhc7Pij94CoHVPgVFxlbcr3pv3ao',
    ]);
    expect(saltedDigest('salt', '192.0.2.1')).toBe('n_dUHW4xZZWWz8YSqgKatYfcAf1G4GZ7VVkoyvroInw');
    const { id, occurred_at } = EVENT;
    expect(linkHash('previous', { seq: 7, id, occurred_at, digest: 'digest' })).toBe(
      'ElQmvRndEpdlo5F8NDRTQuGbCV3Yh4xdD-DMm4yFYoU',
    );
  });

  it('has what is personal only as salted digests', () => {
    expect(Object.keys(digestsFor(EVENT))).toEqual([]);
    expect(Object.keys(digestsFor(FAILED))).toEqual(['address', 'details.identifier']);
    expect(Object.keys(digestsFor(UPDATED))).toEqual(['details.before']);
    const { salts, digests } = commitTo(FAILED);
    expect(digests['address']).toBe(saltedDigest(salts['address'] ?? '', '192.0.2.1'));
    const other = { ...FAILED, address: '192.0.2.2', details: { ...FAILED.details, identifier: 'bob@example.com' } };
    expect(digestOf(other, digests)).toBe(digestOf(FAILED, digests));
  });

  it('covers every other member, also one that the platform does not know', () => {
    const before = digestOf(EVENT, {});
    for (const name of Object.keys(EVENT).filter((each) => each !== 'address')) {
      expect(digestOf({ ...EVENT, [name]: 'changed' }, {})).not.toBe(before);
    }
    expect(digestOf({ ...EVENT, added: 1 } as ChainedEvent, {})).not.toBe(before);
  });
});
