import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import type { FieldControl } from '../../kit/form-field.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

type AllowedValue = Schema<'AllowedValue'>;
const MOST = 50;

/** The values there are to choose from, each with what people call it. None: any text. */
export function AllowedValues({ id, value, onChange, error }: FieldControl) {
  const t = useTexts(texts);
  const values = Array.isArray(value) ? (value as readonly AllowedValue[]) : [];
  const change = (at: number, next: AllowedValue) => onChange(values.map((one, place) => (place === at ? next : one)));
  const relabel = (at: number, language: string, label: string) => {
    const one = values[at];
    if (!one) return;
    const labels = { ...one.labels };
    if (label === '') delete labels[language];
    else labels[language] = label;
    const { labels: _, ...rest } = one;
    change(at, Object.keys(labels).length === 0 ? rest : { ...rest, labels });
  };
  return (
    <Input.Wrapper id={id} labelElement="div" label={t('allowed_values')} description={t('allowed_help')} error={error}>
      <div className="stack">
        {values.map((one, at) => (
          <div className="actions" key={at}>
            <TextInput
              aria-label={t('value_number', { number: at + 1 })}
              placeholder={t('value')}
              value={one.value}
              autoComplete="off"
              onChange={(event) => change(at, { ...one, value: event.currentTarget.value })}
            />
            {(['en', 'de'] as const).map((language) => (
              <TextInput
                key={language}
                aria-label={t(`value_label_${language}`, { number: at + 1 })}
                placeholder={t(`label_${language}`)}
                value={one.labels?.[language] ?? ''}
                autoComplete="off"
                onChange={(event) => relabel(at, language, event.currentTarget.value)}
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('value_remove', { value: one.value })}
              onClick={() => onChange(values.filter((_, place) => place !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          </div>
        ))}
        {values.length < MOST && (
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" />}
              onClick={() => onChange([...values, { value: '' }])}
            >
              {t('value_add')}
            </Button>
          </div>
        )}
      </div>
    </Input.Wrapper>
  );
}
