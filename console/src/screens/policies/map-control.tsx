import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../design/icon.js';
import { useTexts } from '../../texts/texts.js';
import type { MemberKind, PolicyValue } from './catalog.js';
import { usePolicyWords } from './policy-text.js';
import { texts } from './texts.js';

interface MapControlProps {
  readonly id: string;
  readonly member: string;
  readonly how: Extract<MemberKind, { readonly kind: 'map' }>;
  readonly value: PolicyValue;
  readonly error: string | undefined;
  readonly onChange: (value: PolicyValue) => void;
}

/** A choice for each of several names. The names are given, or typed in. */
export function MapControl({ id, member, how, value, error, onChange }: MapControlProps) {
  const words = usePolicyWords();
  const t = useTexts(texts);
  const [name, setName] = useState('');
  const chosen = (typeof value === 'object' && !Array.isArray(value) ? value : {}) as Readonly<Record<string, string>>;
  const names = how.keys ?? Object.keys(chosen);
  const options = how.options.map((option) => ({ value: option, label: words.option(member, option) }));
  const set = (key: string, next: string | null) => {
    const { [key]: _, ...others } = chosen;
    onChange(next === null || next === '' ? others : { ...chosen, [key]: next });
  };
  const add = () => {
    const key = name.trim();
    if (key !== '') set(key, chosen[key] ?? how.options[0] ?? '');
    setName('');
  };
  return (
    <fieldset className="policy-choice" id={id} tabIndex={-1}>
      <legend>{words.label(member)}</legend>
      <p className="soft">{words.help(member)}</p>
      <div className="policy-map">
        {names.map((key) => (
          <div className="policy-map-line" key={key}>
            <code>{key}</code>
            <Select
              aria-label={`${words.label(member)}: ${key}`}
              value={chosen[key] ?? ''}
              allowDeselect={false}
              data={how.keys ? [{ value: '', label: t('not_set') }, ...options] : options}
              onChange={(next) => set(key, next)}
            />
            {!how.keys && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('remove', { name: key })}
                onClick={() => set(key, null)}
              >
                <Icon name="close" />
              </ActionIcon>
            )}
          </div>
        ))}
        {!how.keys && (
          <div className="policy-map-line">
            <TextInput
              aria-label={t('new_value')}
              placeholder={t('new_value')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
            <Button variant="default" onClick={add}>
              {t('add')}
            </Button>
          </div>
        )}
      </div>
      {error !== undefined && <p className="policy-error">{error}</p>}
    </fieldset>
  );
}
