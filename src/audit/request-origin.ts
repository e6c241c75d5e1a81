/** Where a request came from, for the audit log and rate limits. It grants nothing. */
export interface RequestOrigin {
  readonly requestId: string;
  /** The client's IP address, as far as trusted proxies tell. */
  readonly address: string;
}
