import { NumberInput, Select } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import type { Field, FieldControl } from '../../kit/form-field.js';
import type { Language, Translate } from '../../texts/texts.js';
import type { profileTexts } from './profile-texts.js';

type Definition = Schema<'UserAttribute'>;
type Key = keyof (typeof profileTexts)['en'];

/** A label in the reader's language, or in any there is. */
export function labelIn(labels: Readonly<Record<string, string>> | null | undefined, language: Language) {
  return labels?.[language] ?? labels?.['en'] ?? Object.values(labels ?? {})[0];
}

/** A field for each attribute that the tenant defined and administrators see, as its definition says. */
export function attributeFields(
  definitions: readonly Definition[],
  { t, language }: { readonly t: Translate<Key>; readonly language: Language },
): readonly Field[] {
  return definitions
    .filter(({ readable_by }) => readable_by.includes('admin'))
    .map((definition) => fieldOf(definition, { t, language }));
}

/** What the values themselves say, for those who may not see the definitions. */
export function guessedFields(values: Schema<'User'>['attributes'], t: Translate<Key>): readonly Field[] {
  return Object.entries(values).map(([name, value]) => {
    const shared = { name: `attributes.${name}`, label: name };
    if (Array.isArray(value)) return { ...shared, kind: 'tags' };
    if (typeof value === 'boolean') return { ...shared, kind: 'custom', render: yesNo({ label: name, t }) };
    if (typeof value === 'number') return { ...shared, kind: 'custom', render: decimal({ label: name }) };
    return { ...shared, kind: 'text' };
  });
}

function fieldOf(definition: Definition, { t, language }: { readonly t: Translate<Key>; readonly language: Language }) {
  const { name, type, labels, allowed_values, max_length, editable_by, required_at } = definition;
  const isDisabled = !editable_by.includes('admin');
  const help = [
    isDisabled && t(editable_by.includes('user') ? 'attribute_theirs' : 'attribute_frozen'),
    required_at.length > 0 && t('attribute_required'),
  ]
    .filter((part) => part !== false)
    .join(' ');
  const label = labelIn(labels, language) ?? name;
  const shared = { name: `attributes.${name}`, label, isDisabled, ...(help !== '' && { help }) };
  const options = allowed_values.map((one) => ({
    value: one.value,
    label: labelIn(one.labels, language) ?? one.value,
  }));
  if (type === 'boolean') return { ...shared, kind: 'custom', render: yesNo({ label, help, isDisabled, t }) } as const;
  if (type === 'number') return { ...shared, kind: 'custom', render: decimal({ label, help, isDisabled }) } as const;
  if (type === 'string_list')
    return options.length > 0
      ? ({ ...shared, kind: 'multiselect', options } as const)
      : ({ ...shared, kind: 'tags' } as const);
  if (options.length > 0) return { ...shared, kind: 'select', options, noneLabel: t('no_value') } as const;
  return { ...shared, kind: 'text', maxLength: max_length } as const;
}

interface Drawn {
  readonly label: string;
  readonly help?: string;
  readonly isDisabled?: boolean;
}

/** Yes, no, or nothing: a switch could not say that nobody knows. */
function yesNo({ label, help, isDisabled = false, t }: Drawn & { readonly t: Translate<Key> }) {
  return function YesNo({ id, value, error, onChange }: FieldControl) {
    return (
      <Select
        id={id}
        label={label}
        description={help}
        disabled={isDisabled}
        error={error}
        value={typeof value === 'boolean' ? String(value) : ''}
        data={[
          { value: '', label: t('no_value') },
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        onChange={(next) => onChange(next === 'true' ? true : next === 'false' ? false : null)}
      />
    );
  };
}

function decimal({ label, help, isDisabled = false }: Drawn) {
  return function Decimal({ id, value, error, onChange }: FieldControl) {
    return (
      <NumberInput
        id={id}
        hideControls
        label={label}
        description={help}
        disabled={isDisabled}
        error={error}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    );
  };
}
