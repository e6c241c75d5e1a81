import { Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSharedTexts } from '../texts/texts.js';

interface FilterBase {
  /** Parameter of the API, and of the address. */
  readonly member: string;
  readonly label: string;
  /** Option of the command that lists the same; without it `--<member>`. */
  readonly flag?: string;
}

/** One of some values; or a text, which is taken when it is left or Enter is pressed; or a moment. */
export type Filter = FilterBase &
  (
    | { readonly kind?: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    | { readonly kind: 'text' | 'time' }
  );

interface ListFilterProps {
  readonly filter: Filter;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}

const ANY = '';
const SEARCHABLE_FROM = 9;

export function ListFilter({ filter, value, onChange }: ListFilterProps) {
  const t = useSharedTexts();
  if (!('options' in filter)) return <TypedFilter filter={filter} value={value} onChange={onChange} />;
  const { label, options } = filter;
  return (
    <Select
      w={168}
      aria-label={label}
      value={value}
      searchable={options.length >= SEARCHABLE_FROM}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      data={[
        { value: ANY, label: `${label}: ${t('list.any')}` },
        ...unique(options).map((option) => ({ ...option, label: `${label}: ${option.label}` })),
      ]}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

/** A select of Mantine throws when a value is there twice. */
function unique<Choice extends { readonly value: string }>(options: readonly Choice[]): readonly Choice[] {
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

function TypedFilter({ filter, value, onChange }: ListFilterProps) {
  const isTime = filter.kind === 'time';
  const shown = isTime ? localOf(value) : value;
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const take = (typed: string) => {
    const taken = isTime ? momentOf(typed) : typed.trim();
    if (taken !== value) onChange(taken);
  };
  return (
    <TextInput
      className={isTime ? 'list-time' : 'list-typed'}
      type={isTime ? 'datetime-local' : 'search'}
      aria-label={filter.label}
      placeholder={filter.label}
      leftSection={isTime ? <span className="list-time-label">{filter.label}</span> : undefined}
      leftSectionWidth={isTime ? 56 : undefined}
      value={text}
      maxLength={200}
      onChange={({ currentTarget: { value: typed } }) => {
        setText(typed);
        if (typed === '') take('');
      }}
      onBlur={() => take(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(text);
      }}
    />
  );
}

/** RFC 3339, of what is typed in the zone of the reader. */
function momentOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
}

function localOf(value: string): string {
  const moment = new Date(value);
  if (value === '' || Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
