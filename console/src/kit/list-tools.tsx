import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import type { ListState } from './list-state.js';

export interface Filter {
  /** Parameter of the API, and of the address. */
  readonly member: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const TYPING_MS = 250;
const ANY = '';

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
      {filters.map(({ member, label, options }) => (
        <Select
          key={member}
          w={168}
          aria-label={label}
          value={state.filters[member] ?? ANY}
          data={[
            { value: ANY, label: `${label}: ${t('list.any')}` },
            ...options.map((option) => ({ ...option, label: `${label}: ${option.label}` })),
          ]}
          onChange={(value) => state.change({ [member]: value ?? undefined })}
        />
      ))}
      {children}
    </search>
  );
}
