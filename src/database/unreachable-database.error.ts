import { ConfigError } from '../config/config.js';

/**
 * The database did not take part: it is away, starts up, or does not let this program in. That may pass without a
 * change of the configuration, so production tries again.
 */
export class UnreachableDatabaseError extends ConfigError {}
