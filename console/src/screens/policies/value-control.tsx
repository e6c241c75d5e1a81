import { Button, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceButtons } from '../../kit/choice-buttons.js';
import { useTexts } from '../../texts/texts.js';
import { MEMBERS, type PolicyValue } from './catalog.js';
import { MapControl } from './map-control.js';
import { usePolicyWords } from './policy-text.js';
import { texts } from './texts.js';

export interface ValueControlProps {
  readonly id: string;
  readonly member: string;
  readonly value: PolicyValue;
  readonly error: string | undefined;
  readonly onChange: (value: PolicyValue) => void;
}

const SIZES = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof SIZES;

/** The field of one member of a policy. */
export function ValueControl(props: ValueControlProps) {
  const { id, member, value, error, onChange } = props;
  const words = usePolicyWords();
  const t = useTexts(texts);
  const how = MEMBERS[member] ?? { kind: 'text' };
  const shared = { id, label: words.label(member), description: words.help(member), error };
  switch (how.kind) {
    case 'switch':
      return (
        <fieldset className="policy-choice" id={id} tabIndex={-1}>
          <legend>{shared.label}</legend>
          <p className="soft">{shared.description}</p>
          <ChoiceButtons
            label={shared.label}
            value={value === true ? 'on' : 'off'}
            choices={(['on', 'off'] as const).map((one) => ({ value: one, label: words.option(member, one) }))}
            onChange={(next) => onChange(next === 'on')}
          />
          {error !== undefined && <p className="policy-error">{error}</p>}
        </fieldset>
      );
    case 'choice':
      return (
        <Select
          {...shared}
          value={typeof value === 'string' || typeof value === 'boolean' ? String(value) : null}
          allowDeselect={false}
          data={how.options.map((option) => ({ value: String(option), label: words.option(member, option) }))}
          onChange={(next) => onChange(how.options.find((option) => String(option) === next) ?? null)}
        />
      );
    case 'seconds':
      return <SecondsControl {...props} />;
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          min={how.min}
          max={how.max}
          allowDecimal={false}
          clampBehavior="none"
          {...(how.unit && { suffix: ` ${t('days')}` })}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(value) ? [...(value as string[])] : []}
          placeholder={t('add_hint')}
          acceptValueOnBlur
          splitChars={['\n']}
          onChange={onChange}
        />
      );
    case 'map':
      return <MapControl {...props} how={how} />;
    case 'date':
      return (
        <TextInput
          {...shared}
          type="date"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
    case 'text':
    case 'email':
      return (
        <TextInput
          {...shared}
          type={how.kind}
          value={typeof value === 'string' ? value : ''}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
  }
}

/** A length of time in the unit that suits it; the API has seconds. */
function SecondsControl({ id, member, value, error, onChange }: ValueControlProps) {
  const words = usePolicyWords();
  const t = useTexts(texts);
  const [unit, setUnit] = useState<Unit>(() => unitOf(Number(value ?? 0)));
  const size = SIZES[unit];
  const choices = Object.keys(SIZES) as Unit[];
  return (
    <div className="policy-duration">
      <NumberInput
        id={id}
        label={words.label(member)}
        description={words.help(member)}
        error={error}
        value={typeof value === 'number' ? value / size : ''}
        min={0}
        decimalScale={2}
        clampBehavior="none"
        onChange={(next) => onChange(next === '' ? null : Math.round(Number(next) * size))}
      />
      <Select
        aria-label={t('unit')}
        value={unit}
        allowDeselect={false}
        data={choices.map((one) => ({ value: one, label: t(one) }))}
        onChange={(next) => {
          const chosen = choices.find((one) => one === next) ?? 'seconds';
          setUnit(chosen);
          if (typeof value === 'number') onChange(Math.round((value / size) * SIZES[chosen]));
        }}
      />
    </div>
  );
}

function unitOf(seconds: number): Unit {
  if (seconds === 0) return 'seconds';
  const fitting = (Object.keys(SIZES) as Unit[]).filter((unit) => seconds % SIZES[unit] === 0);
  return fitting.at(-1) ?? 'seconds';
}

/** Leaves the value to the layer above. */
export function InheritButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button variant="default" size="xs" onClick={onClick}>
      {label}
    </Button>
  );
}
