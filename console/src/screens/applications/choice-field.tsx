import { Select } from '@mantine/core';
import type { Field } from '../../kit/form-field.js';

interface ChoiceFieldProps {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** What `null` means: the default of the tenant or of the kind. */
  readonly byDefault: string;
  readonly yes: string;
  readonly no: string;
  readonly when?: (values: Readonly<Record<string, unknown>>) => boolean;
}

/** Yes, no, or what holds by default. */
export function choiceField({ name, label, help, byDefault, yes, no, when }: ChoiceFieldProps): Field {
  return {
    name,
    kind: 'custom',
    label,
    ...(when && { when }),
    render: ({ id, value, error, onChange }) => (
      <Select
        id={id}
        label={label}
        description={help}
        error={error}
        allowDeselect={false}
        value={value === true ? 'yes' : value === false ? 'no' : ''}
        data={[
          { value: '', label: byDefault },
          { value: 'yes', label: yes },
          { value: 'no', label: no },
        ]}
        onChange={(next) => onChange(next === 'yes' ? true : next === 'no' ? false : null)}
      />
    ),
  };
}
