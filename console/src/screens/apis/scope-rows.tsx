import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import type { Field, FieldControl } from '../../kit/form-field.js';
import { type Translate, useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import '../applications/applications.css';

type Scope = Schema<'ApiScope'>;
/** The language that the console writes beside English; other ones stay as they are. */
const OTHER = 'de';

/** Names of scopes with the sentence that people read. */
export function scopesField(t: Translate<'scopes' | 'scopes_help'>): Field {
  const label = t('scopes');
  const help = t('scopes_help');
  return {
    name: 'scopes',
    kind: 'custom',
    label,
    render: (control) => <ScopeRows {...control} label={label} help={help} />,
  };
}

interface ScopeRowsProps extends FieldControl {
  readonly label: string;
  readonly help: string;
}

function ScopeRows({ id, value, onChange, error, label, help }: ScopeRowsProps) {
  const t = useTexts(texts);
  const rows = Array.isArray(value) ? (value as readonly Scope[]) : [];
  const change = (at: number, part: Partial<Scope>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <fieldset className="field-group" id={id} tabIndex={-1}>
      <legend>{label}</legend>
      <p className="soft">{help}</p>
      <div className="rows">
        {rows.map((row, at) => (
          <div className="rows-row" key={at}>
            <TextInput
              label={t('scope_name')}
              value={row.name}
              placeholder="orders:read"
              error={error !== undefined && row.name === '' && t('scope_name_missing')}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => change(at, { name: event.currentTarget.value.trim() })}
            />
            <div className="rows">
              <TextInput
                label={t('scope_description')}
                value={row.description}
                placeholder={t('scope_example')}
                error={error !== undefined && row.description === '' && t('scope_description_missing')}
                onChange={(event) => change(at, { description: event.currentTarget.value })}
              />
              <TextInput
                label={t('scope_german')}
                value={row.descriptions?.[OTHER] ?? ''}
                onChange={(event) => change(at, { descriptions: translated(row, event.currentTarget.value) })}
              />
            </div>
            <ActionIcon
              className="rows-remove"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('remove_named', { name: row.name === '' ? t('scope') : row.name })}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          </div>
        ))}
        {rows.length === 0 && <p className="soft">{t('scopes_none')}</p>}
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
            onClick={() => onChange([...rows, { name: '', description: '' }])}
          >
            {t('add_scope')}
          </Button>
        </div>
      </div>
    </fieldset>
  );
}

function translated({ descriptions }: Scope, text: string): Scope['descriptions'] {
  const others = Object.entries(descriptions ?? {}).filter(([tag]) => tag !== OTHER);
  const all = Object.fromEntries([...others, ...(text === '' ? [] : [[OTHER, text]])]) as Record<string, string>;
  return Object.keys(all).length === 0 ? null : all;
}
