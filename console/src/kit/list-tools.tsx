import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { type Filter, ListFilter } from './list-filter.js';
import type { ListState } from './list-state.js';

export type { Filter } from './list-filter.js';

const TYPING_MS = 250;

interface ListToolsProps {
  readonly state: ListState;
  readonly searchHint: string | undefined;
  readonly filters: readonly Filter[];
  readonly children: ReactNode;
}

export function ListTools({ state, searchHint, filters, children }: ListToolsProps) {
  const t = useSharedTexts();
  const [text, setText] = useState(state.search);
  const search = useDebouncedCallback((value: string) => state.change({ search: value.trim() }), TYPING_MS);
  useEffect(() => {
    setText((typed) => (typed.trim() === state.search ? typed : state.search));
  }, [state.search]);
  return (
    <search className="list-tools">
      {searchHint !== undefined && (
        <TextInput
          className="list-search"
          type="search"
          aria-label={`${t('list.search')}: ${searchHint}`}
          placeholder={searchHint}
          leftSection={<Icon name="search" />}
          value={text}
          maxLength={200}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            search(value);
          }}
        />
      )}
      {filters.map((filter) => (
        <ListFilter
          key={filter.member}
          filter={filter}
          value={state.filters[filter.member] ?? ''}
          onChange={(value) => state.change({ [filter.member]: value })}
        />
      ))}
      {children}
    </search>
  );
}
