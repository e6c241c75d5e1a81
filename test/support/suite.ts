import { afterAll, describe, it, jest } from '@jest/globals';

interface CircusState {
  currentDescribeBlock: object;
}

/**
 * A suite of a group (scripts/suite-groups.js): all that it defines belongs to a `describe` with its name, its hooks too.
 * Loading is asynchronous and `describe` is not, so its block is opened by hand.
 */
export async function suite(path: string, load: () => Promise<unknown>): Promise<void> {
  const state = circusState();
  const outer = state.currentDescribeBlock;
  let own = outer;
  describe(path, () => void (own = state.currentDescribeBlock));
  state.currentDescribeBlock = own;
  try {
    await load();
  } catch (error) {
    it('could not be loaded', () => {
      throw error;
    });
  }
  // What it leaves changed is not for the next one.
  afterAll(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
  state.currentDescribeBlock = outer;
}

function circusState(): CircusState {
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (symbol.description === 'JEST_STATE_SYMBOL') return Reflect.get(globalThis, symbol) as CircusState;
  }
  throw new Error('The test runner is not jest-circus.');
}
