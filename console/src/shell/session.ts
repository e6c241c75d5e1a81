import { createContext, use } from 'react';

/** What `GET /console/session` answers. */
export interface Session {
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly name?: string;
    readonly email?: string;
    readonly picture?: string;
  };
  readonly tenant: {
    readonly id: string;
    readonly slug: string;
    readonly display_name: string;
    readonly issuer: string;
  };
  readonly is_operator: boolean;
  readonly permissions: readonly string[];
  /** Origin of the management API. */
  readonly public_url: string;
  readonly version: string;
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session outside SessionProvider.');
  return session;
}
