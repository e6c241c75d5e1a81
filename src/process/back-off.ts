/** Exponential back-off, varied by half of itself, so that processes that failed together do not try again together. */
export function backOff(failures: number, wait: { readonly firstMs: number; readonly longestMs: number }): number {
  return Math.min(wait.firstMs * 2 ** Math.min(failures, 30), wait.longestMs) * (0.5 + Math.random() / 2);
}
