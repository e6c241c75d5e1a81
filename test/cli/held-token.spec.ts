import { describe, expect, it } from '@jest/globals';
import { type HeldToken, heldTokenOf, renewed } from '../../src/cli/held-token.js';

/** Asks with these answers in turn; an error is thrown. */
function given(...answers: (HeldToken | Error)[]) {
  return renewed(async () => {
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new Error('asked too often');
    return next;
  });
}
const lasting = (text: string, seconds: number) => heldTokenOf({ access_token: text, expires_in: seconds }, Date.now());

describe('the access token of a command', () => {
  it('is asked for once as long as it lasts', async () => {
    const token = given(lasting('one', 600));
    expect([await token(), await token()]).toEqual(['one', 'one']);
  });

  it('is another one before it expires', async () => {
    const token = given(lasting('one', 20), lasting('two', 600));
    expect([await token(), await token(), await token()]).toEqual(['one', 'two', 'two']);
  });

  it('is asked for again after a failure, which is told each time', async () => {
    const token = given(new Error('away'), new Error('still away'), lasting('one', 600));
    await expect(token()).rejects.toThrow('away');
    await expect(token()).rejects.toThrow('still away');
    expect(await token()).toBe('one');
  });

  it('without a lifetime is asked for each time', async () => {
    const token = given(heldTokenOf({ access_token: 'one' }, Date.now()), lasting('two', 600));
    expect([await token(), await token()]).toEqual(['one', 'two']);
  });
});
