import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Icon } from '../../design/icon.js';
import type { Field, FieldControl } from '../../kit/form-field.js';
import { useSession } from '../../shell/session.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { type Translate, useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import './applications.css';

type Permission = Schema<'ClientPermission'>;
const MOST_APIS = 200;

/** What a client may ask for at APIs. */
export function permissionsField(t: Translate<'api_permissions' | 'api_permissions_help'>): Field {
  const label = t('api_permissions');
  const help = t('api_permissions_help');
  return {
    name: 'permissions',
    kind: 'custom',
    label,
    render: (control) => <PermissionRows {...control} label={label} help={help} />,
  };
}

interface PermissionRowsProps extends FieldControl {
  readonly label: string;
  readonly help: string;
}

function PermissionRows({ id, value, onChange, error, label, help }: PermissionRowsProps) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { public_url: publicUrl, permissions: own } = useSession();
  const may = usePermission();
  const rows = Array.isArray(value) ? (value as readonly Permission[]) : [];
  const request = { path: { tenant }, query: { limit: MOST_APIS, sort: 'display_name' } } as const;
  const apis = useRead('listApis', request, { enabled: may('apis:read').allowed }).data?.body.data ?? [];
  const management = `${publicUrl}/api`;
  const choices = [
    ...apis.map((api) => ({
      value: api.identifier,
      label: api.display_name,
      scopes: api.scopes.map(({ name }) => name),
    })),
    { value: management, label: t('management_api'), scopes: [...own] },
  ];
  const scopesOf = (api: string) => choices.find((one) => one.value === api)?.scopes ?? [];
  const change = (at: number, row: Permission) => onChange(rows.map((one, index) => (index === at ? row : one)));
  const left = choices.filter((one) => !rows.some(({ api }) => api === one.value));
  return (
    <fieldset className="field-group" id={id} tabIndex={-1}>
      <legend>{label}</legend>
      <p className="soft">{help}</p>
      <div className="rows">
        {rows.map((row, at) => (
          <div className="rows-row" key={row.api}>
            <Select
              label={t('api')}
              value={row.api}
              searchable
              allowDeselect={false}
              data={[
                ...choices.filter(({ value: one }) => one === row.api || !rows.some(({ api }) => api === one)),
                ...(choices.some((one) => one.value === row.api) ? [] : [{ value: row.api, label: row.api }]),
              ].map(({ value: one, label: name }) => ({ value: one, label: name }))}
              onChange={(api) => api !== null && change(at, { api, scopes: [] })}
            />
            <MultiSelect
              label={t('scopes')}
              value={row.scopes}
              searchable
              hidePickedOptions
              data={[...new Set([...scopesOf(row.api), ...row.scopes])]}
              error={row.scopes.length === 0 && t('scopes_missing')}
              onChange={(scopes) => change(at, { ...row, scopes })}
            />
            <ActionIcon
              className="rows-remove"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('remove_named', { name: choices.find((one) => one.value === row.api)?.label ?? row.api })}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          </div>
        ))}
        {rows.length === 0 && <p className="soft">{t('api_permissions_none')}</p>}
        {error !== undefined && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="plus" />}
            disabled={left.length === 0}
            onClick={() => left[0] && onChange([...rows, { api: left[0].value, scopes: [...firstScopes(left[0])] }])}
          >
            {t('add_api')}
          </Button>
        </div>
      </div>
    </fieldset>
  );

  /** Of an API with one scope it can only be that one; of the management API nothing is given by itself. */
  function firstScopes(choice: (typeof choices)[number]): readonly string[] {
    return choice.value !== management && choice.scopes.length === 1 ? choice.scopes : [];
  }
}
