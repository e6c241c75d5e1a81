import { Popover, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useRead } from '../api/queries.js';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { Link } from './link.js';
import { useTenant } from './tenant-scope.js';

const SHOWN = 8;
const TYPING_MS = 200;

/** For operators: which tenant the screens are about, and the way to another one. */
export function TenantSwitcher() {
  const t = useSharedTexts();
  const { tenant, base } = useTenant();
  const [isOpen, { toggle, close, open }] = useDisclosure();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const current = useRead('getTenant', { path: { tenant } }, { enabled: base !== '' });
  const query = { limit: SHOWN, ...(search !== '' && { search }) };
  const found = useRead('listTenants', { query }, { enabled: isOpen, keepPrevious: true });
  const name = base === '' ? t('switcher.all') : (current.data?.body.display_name ?? tenant);
  return (
    <Popover
      opened={isOpen}
      onChange={(isNowOpen) => (isNowOpen ? open() : close())}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <button type="button" className="switcher" aria-label={`${t('switcher.label')}: ${name}`} onClick={toggle}>
          <bdi>{name}</bdi>
          <Icon name="updown" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('switcher.label')}>
        <div className="stack">
          <TextInput
            data-autofocus
            aria-label={t('switcher.search')}
            placeholder={t('switcher.search')}
            leftSection={<Icon name="search" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <nav className="nav-section" aria-label={t('switcher.label')}>
            <ul>
              {base !== '' && (
                <li>
                  <Link className="nav-link" to="/tenants" onClick={close}>
                    {t('switcher.all')}
                  </Link>
                </li>
              )}
              {found.data?.body.data.map(({ id, slug, display_name }) => (
                <li key={id}>
                  <Link
                    className="nav-link"
                    to={`/tenants/${slug}`}
                    aria-current={slug === tenant && base !== '' ? 'true' : undefined}
                    onClick={close}
                  >
                    <bdi>{display_name}</bdi> <span className="soft">{slug}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
