import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSharedTexts } from '../texts/texts.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface FieldBase {
  /** Member of the body; a dot leads into a member. */
  readonly name: string;
  readonly label: string;
  /** What it is for, or what to type. */
  readonly help?: ReactNode;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  /** Shown only then. */
  readonly when?: (values: Readonly<Record<string, unknown>>) => boolean;
}

export interface FieldControl {
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
}

/** One field of a form, described. `custom` draws itself. */
export type Field = FieldBase &
  (
    | {
        readonly kind: 'text' | 'email' | 'url';
        readonly placeholder?: string;
        readonly isCode?: boolean;
        readonly maxLength?: number;
        readonly autoComplete?: string;
      }
    | {
        readonly kind: 'textarea';
        readonly placeholder?: string;
        readonly maxLength?: number;
        readonly isCode?: boolean;
      }
    | {
        readonly kind: 'number';
        readonly min?: number;
        readonly max?: number;
        readonly unit?: string;
        readonly placeholder?: string;
      }
    | { readonly kind: 'switch' }
    | { readonly kind: 'select'; readonly options: readonly Choice[]; readonly noneLabel?: string }
    | { readonly kind: 'multiselect'; readonly options: readonly Choice[] }
    | { readonly kind: 'tags'; readonly placeholder?: string; readonly suggestions?: readonly string[] }
    | { readonly kind: 'custom'; readonly render: (control: FieldControl) => ReactNode }
  );

interface FormFieldProps extends FieldControl {
  readonly field: Field;
}

export function FormField({ field, id, value, onChange, error }: FormFieldProps) {
  const t = useSharedTexts();
  if (field.kind === 'custom') return field.render({ id, value, onChange, error });
  const shared = {
    id,
    label: field.label,
    description: field.help,
    error,
    required: field.isRequired ?? false,
    disabled: field.isDisabled ?? false,
    // The form says what is missing in the reader's language, beside the field.
    withAsterisk: field.isRequired ?? false,
  };
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? (value as string[]) : [];
  switch (field.kind) {
    case 'text':
    case 'email':
    case 'url':
      return (
        <TextInput
          {...shared}
          type={field.kind === 'text' ? undefined : field.kind}
          value={text}
          placeholder={field.placeholder}
          maxLength={field.maxLength}
          autoComplete={field.autoComplete ?? 'off'}
          spellCheck={field.isCode === true ? false : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'textarea':
      return (
        <Textarea
          {...shared}
          value={text}
          placeholder={field.placeholder}
          maxLength={field.maxLength}
          autosize
          minRows={3}
          maxRows={16}
          spellCheck={field.isCode === true ? false : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          min={field.min}
          max={field.max}
          placeholder={field.placeholder}
          suffix={field.unit === undefined ? undefined : ` ${field.unit}`}
          allowDecimal={false}
          clampBehavior="none"
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'switch': {
      const { required: _, withAsterisk: __, ...rest } = shared;
      return <Switch {...rest} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    }
    case 'select':
      return (
        <Select
          {...shared}
          value={typeof value === 'string' ? value : ''}
          data={
            field.noneLabel === undefined
              ? [...field.options]
              : [{ value: '', label: field.noneLabel }, ...field.options]
          }
          searchable={field.options.length > 8}
          onChange={(next) => onChange(next === '' ? null : next)}
        />
      );
    case 'multiselect':
      return (
        <MultiSelect
          {...shared}
          value={list}
          data={[...field.options]}
          searchable
          hidePickedOptions
          onChange={onChange}
        />
      );
    case 'tags':
      return (
        <TagsInput
          {...shared}
          value={list}
          data={[...(field.suggestions ?? [])]}
          placeholder={field.placeholder ?? t('form.add_hint')}
          acceptValueOnBlur
          splitChars={['\n', ' ', '\t']}
          onChange={onChange}
        />
      );
  }
}
