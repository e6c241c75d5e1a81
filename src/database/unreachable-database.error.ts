import { ConfigError } from '../config/config.js';

/**
 * The database could not be used: it is down, starting, or refuses this program. This may pass without a change of the
 * configuration, so in production the start is tried again.
 */
export class UnreachableDatabaseError extends ConfigError {}
