/** Where a request came from, for the audit log and the slowing of guesses; decides nothing by itself. */
export interface RequestOrigin {
  readonly requestId: string;
  /** The client's IP address, as far as trusted proxies tell. */
  readonly address: string;
}
