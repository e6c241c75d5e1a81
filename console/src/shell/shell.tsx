import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { Suspense, lazy, useRef } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { AccountMenu } from './account-menu.js';
import { ReachBanner } from './banner.js';
import { LoadingScreen } from './fallback-screens.js';
import { Link } from './link.js';
import { Navigation } from './navigation.js';
import { SetupBanner } from './setup-banner.js';
import { useSetupFinish } from './setup-finish.js';
import { useSession } from './session.js';
import { TenantSwitcher } from './tenant-switcher.js';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.js')).CommandPalette }));

/** The frame around every screen. */
export function Shell() {
  const t = useSharedTexts();
  const { is_operator, tenant } = useSession();
  const onFinished = useSetupFinish();
  const main = useRef<HTMLElement>(null);
  const [isDrawerOpen, drawer] = useDisclosure();
  const [isPaletteOpen, palette] = useDisclosure();
  useHotkeys([['mod+K', palette.toggle]], []);
  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <aside className="shell-side">
        <Brand />
        <Navigation />
      </aside>
      <Drawer opened={isDrawerOpen} onClose={drawer.close} size="18rem" title={t('app.menu')}>
        <Navigation onFollow={drawer.close} />
      </Drawer>
      <div className="shell-main">
        <header className="topbar">
          <ActionIcon
            className="topbar-menu"
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('app.menu')}
            onClick={drawer.open}
          >
            <Icon name="menu" size={20} />
          </ActionIcon>
          {is_operator ? <TenantSwitcher /> : <bdi className="topbar-tenant">{tenant.display_name}</bdi>}
          <div className="topbar-space" />
          <button type="button" className="palette-button" onClick={palette.open}>
            <Icon name="search" />
            <span>{t('palette.open')}</span>
            <kbd aria-hidden="true">Ctrl K</kbd>
          </button>
          <AccountMenu />
        </header>
        <SetupBanner onFinished={onFinished} />
        <ReachBanner />
        <main id="main" className="content" ref={main} tabIndex={-1}>
          <Suspense fallback={<LoadingScreen />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>{isPaletteOpen && <CommandPalette onClose={palette.close} />}</Suspense>
    </div>
  );
}

function Brand() {
  const t = useSharedTexts();
  return (
    <Link to="/" className="brand">
      <span className="brand-mark" aria-hidden="true">
        T
      </span>
      {t('app.name')}
    </Link>
  );
}
