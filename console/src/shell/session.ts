import { createContext, use } from 'react';
import type { OperationId, Schema } from '../api/operation.js';

export type SetupPurpose = Schema<'SetupLink'>['purposes'][number];

/** Who is signed in. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name?: string;
  readonly email?: string;
  readonly picture?: string;
}

/** How somebody without an account came here. */
export interface SetupSession {
  readonly id: string;
  readonly purposes: readonly SetupPurpose[];
  /** Who made the link, by name. */
  readonly maker: string;
  readonly single_use: boolean;
  /** When the session ends in any case. */
  readonly ends_at: string;
  /** When the link ends. */
  readonly expires_at: string;
  /** All that may be called. */
  readonly operations: readonly OperationId[];
}

/** What `GET /console/session` answers. */
export interface Session {
  /** Absent of somebody who came by a setup link. */
  readonly user?: Person;
  readonly setup?: SetupSession;
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

/** For screens that a setup link never leads to. */
export function useUser(): Person {
  const { user } = useSession();
  if (!user) throw new Error('Nobody is signed in.');
  return user;
}

/** Whether an operation may be called. Of people their permissions decide; a setup link has a list. */
export function useMayCall(): (id: OperationId) => boolean {
  const { setup } = useSession();
  return (id) => setup?.operations.includes(id) ?? true;
}
