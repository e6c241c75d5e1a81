import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export type PickedKind = 'user' | 'group' | 'client';
export interface Picked {
  readonly id: string;
  readonly label: string;
}

interface PickerProps {
  readonly kind: PickedKind;
  readonly label: string;
  /** Stands in it, and the label above it, as in a form. Without it the label stands in it. */
  readonly hint?: string;
  readonly value: Picked | undefined;
  /** Ids that are not offered. */
  readonly without?: ReadonlySet<string>;
  readonly onChange: (picked: Picked | undefined) => void;
}

const TYPING_MS = 250;
const OFFERED = 20;

/** Finds somebody or something of the tenant by the search of the API. */
export function Picker({ kind, label, hint, value, without, onChange }: PickerProps) {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const { found, isFetching } = useFound(kind, search === value?.label ? '' : search);
  const offered = [...(value && !found.some(({ id }) => id === value.id) ? [value] : []), ...found];
  return (
    <Select
      {...(hint !== undefined ? { label, placeholder: hint } : { 'aria-label': label, placeholder: label, w: 280 })}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      data={offered
        .filter(({ id }) => without?.has(id) !== true)
        .map(({ id, label: name }) => ({ value: id, label: name }))}
      // The API has searched already: names that begin with the text need not hold it as the label shows them.
      filter={({ options: all }) => all}
      nothingFoundMessage={t(isFetching ? 'searching' : 'nothing_found')}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(offered.find((one) => one.id === id))}
    />
  );
}

function useFound(kind: PickedKind, search: string) {
  const { tenant } = useTenant();
  const may = usePermission();
  const request = { path: { tenant }, query: { limit: OFFERED, ...(search !== '' && { search }) } };
  const options = (one: PickedKind, need: string) => ({
    keepPrevious: true,
    enabled: kind === one && may(need).allowed,
  });
  const users = useRead('listUsers', request, options('user', 'users:read'));
  const groups = useRead('listGroups', request, options('group', 'users:read'));
  const clients = useRead('listClients', request, options('client', 'clients:read'));
  const found: Readonly<Record<PickedKind, () => readonly Picked[]>> = {
    user: () => (users.data?.body.data ?? []).map(({ id, username, name }) => ({ id, label: labelOf(username, name) })),
    group: () =>
      (groups.data?.body.data ?? []).map(({ id, name, display_name }) => ({ id, label: labelOf(name, display_name) })),
    client: () =>
      (clients.data?.body.data ?? []).map(({ client_id: id, client_name }) => ({
        id,
        label: labelOf(id, client_name),
      })),
  };
  return { found: found[kind](), isFetching: users.isFetching || groups.isFetching || clients.isFetching };
}

/** `helen (Helen Hunt)`: what is unique first. */
function labelOf(key: string, name: string | null | undefined): string {
  return name === null || name === undefined || name === key ? key : `${key} (${name})`;
}
