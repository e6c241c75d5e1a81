import { useQueryClient } from '@tanstack/react-query';
import type { LooseRequest } from '../api/request.js';
import { type UrlValues, useUrlState } from '../shell/url-state.js';

/** What a list shows, as the address says it. */
export interface ListState {
  readonly search: string;
  readonly sort: string | undefined;
  readonly after: string | undefined;
  readonly filters: Readonly<Record<string, string>>;
  /** Ids of the shown columns; null: all. */
  readonly columns: string | null;
  /** Starts the list anew: cursors belong to their search, order and filters. */
  readonly change: (change: UrlValues) => void;
  readonly clear: () => void;
  /** Asks the API for nothing new: the page stays. */
  readonly showColumns: (columns: string | undefined) => void;
  readonly isNarrowed: boolean;
  /** For the API. */
  readonly query: NonNullable<LooseRequest['query']>;
  readonly goNext: (next: string) => void;
  /** Undefined on the first page. */
  readonly goBack: (() => void) | undefined;
}

const CURSORS = ['cursor before'];

export function useListState(listKey: string, filterNames: readonly string[], defaultSort?: string): ListState {
  const [url, setUrl] = useUrlState();
  const queries = useQueryClient();
  const search = url.get('search') ?? '';
  const after = url.get('after') ?? undefined;
  const sort = url.get('sort') ?? defaultSort;
  const filters = Object.fromEntries(
    filterNames.flatMap((name) => (url.has(name) ? [[name, url.get(name) ?? '']] : [])),
  );
  const beforeKey = (cursor: string) => [...CURSORS, listKey, cursor];
  const known = after === undefined ? undefined : queries.getQueryData<string>(beforeKey(after));
  return {
    search,
    sort: search === '' ? sort : undefined,
    after,
    filters,
    columns: url.get('columns'),
    change: (change) => setUrl({ ...change, after: undefined }, 'search' in change),
    clear: () => setUrl(Object.fromEntries([...filterNames, 'search', 'after'].map((name) => [name, undefined]))),
    showColumns: (columns) => setUrl({ columns }, true),
    isNarrowed: search !== '' || Object.keys(filters).length > 0,
    query: { ...filters, ...(search === '' ? { sort } : { search }), ...(after !== undefined && { after }) },
    goNext: (next) => {
      queries.setQueryData(beforeKey(next), after ?? '');
      setUrl({ after: next });
    },
    goBack: after === undefined ? undefined : () => setUrl({ after: known === '' ? undefined : known }),
  };
}
