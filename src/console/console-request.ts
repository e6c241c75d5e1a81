import type { ManagementRequest } from '../management/kit/management.guard.js';

/** The console that a request is addressed to. */
export interface ConsolePlace {
  /** Of its origin: `/console`, `/t/acme/console`. */
  readonly path: string;
  /** The same as an absolute address. */
  readonly address: string;
  /** The request came to another address, where no console is. */
  readonly isElsewhere?: boolean;
}

/** A request to the console, after its guard. */
export interface ConsoleRequest extends ManagementRequest {
  console?: ConsolePlace;
}
