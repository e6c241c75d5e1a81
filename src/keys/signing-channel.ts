import { tracingChannel } from 'node:diagnostics_channel';

/** What is told of a signature while somebody listens: never what is signed. */
export interface Signing {
  readonly alg: string;
}

/** Told before and after each signature (`start`, `end`); without a listener it costs nothing. */
export const signing = tracingChannel<unknown, Signing>('tenantry:sign');
