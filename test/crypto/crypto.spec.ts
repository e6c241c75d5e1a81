import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digest, equalInConstantTime, hmacSha256 } from '../../src/crypto/digest.js';
import { deriveKey, open, seal } from '../../src/crypto/envelope.js';
import { randomSecret } from '../../src/crypto/random.js';

const key = Buffer.alloc(32, 1);
const plaintext = Buffer.from('a private key');

describe('the envelope', () => {
  it('opens what it sealed, with the same key and context', () => {
    expect(open(key, seal(key, plaintext, 'signing-key:t1'), 'signing-key:t1')).toEqual(plaintext);
    expect(open(key, seal(key, Buffer.alloc(0), 'x'), 'x')).toHaveLength(0);
  });

  it('never seals alike twice, and hides the plaintext', () => {
    const [a, b] = [seal(key, plaintext, 'x'), seal(key, plaintext, 'x')];
    expect(a.equals(b)).toBe(false);
    expect(a.includes(plaintext)).toBe(false);
  });

  it('does not open for another tenant, another key, or after a change of any byte', () => {
    const sealed = seal(key, plaintext, 'signing-key:t1');
    expect(() => open(key, sealed, 'signing-key:t2')).toThrow();
    expect(() => open(Buffer.alloc(32, 2), sealed, 'signing-key:t1')).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => open(key, changed, 'signing-key:t1')).toThrow();
    }
  });

  it('does not open what was cut short', () => {
    const sealed = seal(key, plaintext, 'x');
    for (const length of [0, 1, 13, 28, sealed.length - 1]) {
      expect(() => open(key, sealed.subarray(0, length), 'x')).toThrow();
    }
  });
});

describe('derived keys', () => {
  it('differ by purpose and by key, and are the same every time', () => {
    expect(deriveKey(key, 'a')).toEqual(deriveKey(key, 'a'));
    expect(deriveKey(key, 'a')).toHaveLength(32);
    expect(deriveKey(key, 'a').equals(deriveKey(key, 'b'))).toBe(false);
    expect(deriveKey(key, 'a').equals(deriveKey(Buffer.alloc(32, 2), 'a'))).toBe(false);
  });
});

describe('digests', () => {
  it('are SHA-256', () => {
    expect(digest('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('keep the parts of a keyed digest apart', () => {
    expect(hmacSha256(key, 'ab', 'c').equals(hmacSha256(key, 'a', 'bc'))).toBe(false);
    expect(hmacSha256(key, 'ab').equals(hmacSha256(key, 'ab', ''))).toBe(false);
    expect(hmacSha256(key, '1:a').equals(hmacSha256(key, '', 'a'))).toBe(false);
    expect(hmacSha256(key, 'ü')).toEqual(hmacSha256(key, 'ü'));
  });

  it('are compared whole, whatever their lengths', () => {
    expect(equalInConstantTime(Buffer.from('abc'), Buffer.from('abc'))).toBe(true);
    expect(equalInConstantTime(Buffer.from('abc'), Buffer.from('abd'))).toBe(false);
    expect(equalInConstantTime(Buffer.from('abc'), Buffer.from('ab'))).toBe(false);
    expect(equalInConstantTime(randomBytes(32), Buffer.alloc(0))).toBe(false);
  });
});

describe('random secrets', () => {
  it('are 256 bits in base64url, never twice', () => {
    const secrets = Array.from({ length: 1000 }, randomSecret);
    expect(new Set(secrets).size).toBe(1000);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
