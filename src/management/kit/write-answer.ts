/** The answer to a write, complete: it is stored under the Idempotency-Key in the transaction of the write. */
export class WriteAnswer {
  constructor(
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}
