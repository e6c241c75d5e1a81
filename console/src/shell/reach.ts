import { createContext, use } from 'react';

const ReachContext = createContext(true);
export const ReachProvider = ReachContext.Provider;

/** Whether the platform answered the last time. */
export function useReach(): boolean {
  return use(ReachContext);
}
