import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

const FOUND = 20;
const TYPING_MS = 250;

interface ObjectPickerProps {
  readonly kind: 'user' | 'group' | 'client';
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

/** Finds somebody or something of the tenant by the beginning of a name. */
export function ObjectPicker({ kind, label, placeholder, value, onChange }: ObjectPickerProps) {
  const { tenant } = useTenant();
  const may = usePermission();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const request = { path: { tenant }, query: { limit: FOUND, ...(search !== '' && { search }) } };
  const options = { keepPrevious: true } as const;
  const isAsked = (one: typeof kind, need: string) => ({ ...options, enabled: kind === one && may(need).allowed });
  const users = useRead('listUsers', request, isAsked('user', 'users:read'));
  const groups = useRead('listGroups', request, isAsked('group', 'users:read'));
  const clients = useRead('listClients', request, isAsked('client', 'clients:read'));
  const found = {
    user: () =>
      (users.data?.body.data ?? []).map(({ id, username, name }) => ({
        value: id,
        label: name ? `${name} (${username})` : username,
      })),
    group: () => (groups.data?.body.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    client: () =>
      (clients.data?.body.data ?? []).map(({ client_id: id, client_name: name }) => ({
        value: id,
        label: name ? `${name} (${id})` : id,
      })),
  }[kind]();
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      value={value}
      data={found}
      // The platform has searched; what it found is not narrowed again by another rule.
      filter={({ options: all }) => all}
      onSearchChange={(typed) => setText(found.some((one) => one.label === typed) ? '' : typed)}
      onChange={onChange}
    />
  );
}
