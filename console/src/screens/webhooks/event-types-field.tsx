import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRead } from '../../api/queries.js';
import type { FieldControl } from '../../kit/form-field.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface EventTypesFieldProps extends FieldControl {
  readonly tenant: string;
}

/** Every event, or those that are picked from the catalogue: single ones, or all of a resource (`user.*`). */
export function EventTypesField({ tenant, id, value, onChange, error }: EventTypesFieldProps) {
  const t = useTexts(texts);
  const [search, setSearch] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { data } = useRead('listEventTypes', { path: { tenant } });
  const picked = Array.isArray(value) ? (value as readonly string[]) : [];
  const isSome = picked.length > 0 || isOpen;
  const wanted = search.trim().toLowerCase();
  const kinds = (data?.body.data ?? []).filter(
    ({ type, description }) => wanted === '' || `${type} ${description}`.toLowerCase().includes(wanted),
  );
  const groups = new Map<string, (typeof kinds)[number][]>();
  for (const kind of kinds) {
    const group = kind.type.split('.')[0] ?? kind.type;
    groups.set(group, [...(groups.get(group) ?? []), kind]);
  }
  const pick = (type: string, isPicked: boolean) =>
    onChange(isPicked ? [...picked, type] : picked.filter((one) => one !== type));
  const pickAll = (group: string, isPicked: boolean) => {
    const others = picked.filter((one) => !one.startsWith(`${group}.`));
    onChange(isPicked ? [...others, `${group}.*`] : others);
  };
  return (
    <div className="event-types" id={id} tabIndex={-1}>
      <Radio.Group
        label={t('event_types')}
        error={error}
        value={isSome ? 'some' : 'all'}
        onChange={(chosen) => {
          setOpen(chosen === 'some');
          if (chosen === 'all') onChange([]);
        }}
      >
        <div className="stack-tight">
          <Radio value="all" label={t('every_event')} description={t('every_event_help')} />
          <Radio value="some" label={t('picked_events', { count: picked.length })} />
        </div>
      </Radio.Group>
      {isSome && (
        <div className="stack-tight">
          <TextInput
            type="search"
            aria-label={t('find_event')}
            placeholder={t('find_event')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {[...groups].map(([group, types]) => {
            const isAll = picked.includes(`${group}.*`);
            const count = types.filter(({ type }) => picked.includes(type)).length;
            return (
              <details key={`${group}${String(wanted !== '')}`} className="event-group" open={wanted !== ''}>
                <summary>
                  <code>{group}</code>{' '}
                  <span className="soft">
                    {isAll ? t('all_picked') : t('some_picked', { count, of: types.length })}
                  </span>
                </summary>
                <div className="stack-tight">
                  <Checkbox
                    label={
                      <>
                        <code>{group}.*</code> {t('all_of_group')}
                      </>
                    }
                    checked={isAll}
                    indeterminate={!isAll && count > 0}
                    onChange={(event) => pickAll(group, event.currentTarget.checked)}
                  />
                  {types.map(({ type, description }) => (
                    <Checkbox
                      key={type}
                      size="xs"
                      label={<code>{type}</code>}
                      description={description}
                      disabled={isAll}
                      checked={isAll || picked.includes(type)}
                      onChange={(event) => pick(type, event.currentTarget.checked)}
                    />
                  ))}
                </div>
              </details>
            );
          })}
          {kinds.length === 0 && <p className="soft">{t('no_event_found')}</p>}
        </div>
      )}
    </div>
  );
}
