import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { useGo } from './link.js';
import { useFoundObjects } from './palette-search.js';
import { usePlaces } from './navigation.js';

export interface PaletteItem {
  readonly key: string;
  readonly group: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconName;
  readonly to: string;
}

const TYPING_MS = 150;

/** Ctrl-K: every page, every action, and every object that begins with what is typed. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useSharedTexts();
  const go = useGo();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLowerCase();
  const places = usePlaces().map(({ group, to }): PaletteItem => ({
    key: to,
    group: t('palette.pages'),
    label: t(group.label),
    icon: group.icon,
    to,
  }));
  const actions = usePlaces().flatMap(({ group, to }): PaletteItem[] =>
    (group.actions ?? []).map(({ label, path }) => ({
      key: `${to}/${path}`,
      group: t('palette.actions'),
      label: t(label),
      icon: 'plus',
      to: `${to}/${path}`,
    })),
  );
  const { items: objects, isSearching } = useFoundObjects(search);
  const items = [...objects, ...[...actions, ...places].filter(({ label }) => label.toLowerCase().includes(wanted))];
  const current = Math.min(at, items.length - 1);
  const optionId = (index: number) => `${id}${String(index)}`;
  useEffect(() => setAt(0), [search]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    go(item.to);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((current + step + items.length) % Math.max(items.length, 1));
    else if (event.key === 'Enter') choose(items[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="10vh"
      centered={false}
      title={undefined}
      aria-label={t('palette.title')}
    >
      <input
        className="palette-input"
        data-autofocus
        role="combobox"
        aria-label={t('palette.hint')}
        aria-expanded
        aria-controls={`${id}list`}
        aria-activedescendant={items.length > 0 ? optionId(current) : undefined}
        aria-autocomplete="list"
        placeholder={t('palette.hint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div className="palette-list" id={`${id}list`} role="listbox" aria-label={t('palette.title')} ref={list}>
        {items.map((item, index) => (
          <div key={item.key} role="presentation">
            {items[index - 1]?.group !== item.group && (
              <div className="palette-group" role="presentation">
                {item.group}
              </div>
            )}
            <div
              className="palette-item"
              id={optionId(index)}
              role="option"
              aria-selected={index === current}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(item)}
            >
              <Icon name={item.icon} />
              <bdi>{item.label}</bdi>
              {item.hint !== undefined && <span className="soft">{item.hint}</span>}
            </div>
          </div>
        ))}
      </div>
      <p className={items.length === 0 && !isSearching ? 'palette-nothing' : 'visually-hidden'} role="status">
        {items.length === 0 && !isSearching
          ? t('palette.nothing', { text: text.trim() })
          : t('palette.results', { count: items.length })}
      </p>
    </Modal>
  );
}
