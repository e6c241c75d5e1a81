import { describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { findTotpStep, newTotpSecret } from '../../src/factors/totp.js';

const NOW = 1_790_000_000;
const STEP = Math.floor(NOW / 30);
const secret = await newTotpSecret();
const codeAt = (step: number) => generate({ secret, epoch: step * 30 });
const find = async (typed: string, afterStep?: number) =>
  findTotpStep(secret, typed, { now: NOW, ...(afterStep !== undefined && { afterStep }) });

describe('RFC 6238: a code of an app', () => {
  it.each([-1, 0, 1])('%i steps away is right', async (distance) => {
    expect(await find(await codeAt(STEP + distance))).toBe(STEP + distance);
  });

  it.each([-20, -3, -2, 2, 3, 20])('%i steps away is wrong', async (distance) => {
    expect(await find(await codeAt(STEP + distance))).toBeUndefined();
  });

  it('§5.2: of a step that was used, or one before it, is wrong', async () => {
    expect(await find(await codeAt(STEP), STEP)).toBeUndefined();
    expect(await find(await codeAt(STEP - 1), STEP)).toBeUndefined();
    expect(await find(await codeAt(STEP + 1), STEP)).toBe(STEP + 1);
  });

  it('may be typed with spaces and hyphens, in these digits and no others', async () => {
    const code = await codeAt(STEP);
    expect(await find(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(STEP);
    expect(await find(`${code.slice(0, 3)}-${code.slice(3)}`)).toBe(STEP);
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    for (const typed of [wide, `${code}0`, code.slice(1), `+${code}`, `${code}\u0000`, `0x${code}`, '']) {
      expect(await find(typed)).toBeUndefined();
    }
  });
});
