import { type Dispatch, type SetStateAction, useState } from 'react';
import type { RowSelectionState } from '@tanstack/react-table';

/** What the list was asked, and the ids that were the answer. */
interface Shown {
  readonly question: string;
  readonly ids: readonly string[];
}

/** @param shown undefined while the answer to the question is not there */
export function useSelection(
  shown: Shown | undefined,
): readonly [RowSelectionState, Dispatch<SetStateAction<RowSelectionState>>] {
  const [selection, setSelection] = useState<RowSelectionState>({});
  const [before, setBefore] = useState(shown);
  if (shown && !isSame(shown, before)) {
    setBefore(shown);
    setSelection(keptSelection(selection, before, shown));
  }
  return [selection, setSelection];
}

/** Without the rows that are gone from the same page: should they come back, nobody has chosen them. */
export function keptSelection(selection: RowSelectionState, before: Shown | undefined, now: Shown): RowSelectionState {
  if (before?.question !== now.question) return selection;
  const gone = before.ids.filter((id) => !now.ids.includes(id));
  return Object.fromEntries(Object.entries(selection).filter(([id]) => !gone.includes(id)));
}

function isSame(one: Shown, other: Shown | undefined): boolean {
  return one.question === other?.question && one.ids.join() === other.ids.join();
}
