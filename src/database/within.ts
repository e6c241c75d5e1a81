/** Until the work is done, or for so long. What the work throws is thrown, as long as somebody waits for it. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
