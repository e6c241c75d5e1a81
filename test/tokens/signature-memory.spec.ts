import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { VerificationKey } from '../../src/keys/keyring.js';
import { SignatureMemory } from '../../src/tokens/signature-memory.js';

const makeKey = (): VerificationKey => ({
  alg: 'ES256',
  publicKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
});

/** Answers as told and counts how often it was asked. */
function verifier(answer: boolean) {
  const verify = () => {
    verify.asked += 1;
    return answer;
  };
  verify.asked = 0;
  return verify;
}

describe('A signature that was verified', () => {
  it('is not verified again for the same text and key', () => {
    const memory = new SignatureMemory();
    const [key, verify] = [makeKey(), verifier(true)];
    expect([memory.isSigned('a.b.c', key, verify), memory.isSigned('a.b.c', key, verify)]).toEqual([true, true]);
    expect(verify.asked).toBe(1);
  });

  it('says nothing about another text, or another key', () => {
    const memory = new SignatureMemory();
    const [key, refuse] = [makeKey(), verifier(false)];
    expect(memory.isSigned('a.b.c', key, verifier(true))).toBe(true);
    expect(memory.isSigned('a.b.d', key, refuse)).toBe(false);
    expect(memory.isSigned('a.b.c', makeKey(), refuse)).toBe(false);
    expect(refuse.asked).toBe(2);
  });

  it('is not remembered when it was wrong', () => {
    const memory = new SignatureMemory();
    const [key, refuse] = [makeKey(), verifier(false)];
    expect([memory.isSigned('a.b.c', key, refuse), memory.isSigned('a.b.c', key, refuse)]).toEqual([false, false]);
    expect(refuse.asked).toBe(2);
  });
});
