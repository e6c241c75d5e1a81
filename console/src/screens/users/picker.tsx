import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useRead } from '../../api/queries.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { accessTexts } from './access-texts.js';

export interface Picked {
  readonly id: string;
  readonly label: string;
}

interface PickerProps {
  readonly kind: 'user' | 'group';
  readonly label: string;
  readonly value: Picked | undefined;
  /** Ids that are not offered. */
  readonly without?: ReadonlySet<string>;
  readonly onChange: (picked: Picked | undefined) => void;
}

const TYPING_MS = 250;
const OFFERED = 20;

/** Finds one of many by the search of the API. */
export function Picker({ kind, label, value, without, onChange }: PickerProps) {
  const t = useTexts(accessTexts);
  const { tenant } = useTenant();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const isChosen = value !== undefined && search === value.label;
  const request = {
    path: { tenant },
    query: { limit: OFFERED, ...(search !== '' && !isChosen && { search }) },
  };
  const options = { keepPrevious: true } as const;
  const users = useRead('listUsers', request, { ...options, enabled: kind === 'user' });
  const groups = useRead('listGroups', request, { ...options, enabled: kind === 'group' });
  const found: readonly Picked[] =
    kind === 'user'
      ? (users.data?.body.data ?? []).map(({ id, username, name }) => ({
          id,
          label: name === undefined || name === username ? username : `${username} (${name})`,
        }))
      : (groups.data?.body.data ?? []).map(({ id, name, display_name }) => ({
          id,
          label: display_name === null || display_name === name ? name : `${display_name} (${name})`,
        }));
  const offered = [...(value && !found.some(({ id }) => id === value.id) ? [value] : []), ...found];
  return (
    <Select
      w={280}
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      data={offered
        .filter(({ id }) => without?.has(id) !== true)
        .map(({ id, label: name }) => ({ value: id, label: name }))}
      // The API has searched already: names that begin with the text need not hold it as the label shows them.
      filter={({ options: all }) => all}
      nothingFoundMessage={users.isFetching || groups.isFetching ? t('searching') : t('nothing_found')}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(offered.find((one) => one.id === id))}
    />
  );
}
