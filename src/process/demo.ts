import type { Config } from '../config/config.js';
import type { Server } from './serve.js';

export async function startDemo(_: Config): Promise<Server> {
  return { stop: async () => undefined };
}
