/** How this process reaches its database, decided at start (embedded or given, and in which role). */
export interface DatabaseSettings {
  readonly url: string;
  readonly role: string | undefined;
  readonly maxConnections: number;
}

export const DATABASE_SETTINGS = Symbol('DatabaseSettings');
