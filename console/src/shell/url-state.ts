import { useLocation } from '@tanstack/react-router';
import { useGo } from './link.js';

export type UrlValues = Readonly<Record<string, string | undefined>>;

/** The query of the address as state: what one sees can be sent to somebody, and Back undoes it. */
export function useUrlState(): readonly [URLSearchParams, (change: UrlValues, replace?: boolean) => void] {
  const go = useGo();
  const { pathname, searchStr } = useLocation();
  const state = new URLSearchParams(searchStr);
  const set = (change: UrlValues, replace = false) => {
    const next = new URLSearchParams(searchStr);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined || value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    go(`${pathname}${query === '' ? '' : `?${query}`}`, { replace });
  };
  return [state, set];
}
