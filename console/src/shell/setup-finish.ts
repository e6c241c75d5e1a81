import { createContext, use } from 'react';

const FinishContext = createContext<() => void>(() => undefined);
export const SetupFinishProvider = FinishContext.Provider;

/** To be called when the person has said that they are done. */
export function useSetupFinish(): () => void {
  return use(FinishContext);
}
