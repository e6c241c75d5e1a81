import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useApi } from '../api/api.js';
import { Icon } from '../design/icon.js';
import { LANGUAGES, type Language, useLanguage, useSharedTexts } from '../texts/texts.js';
import { useNotices } from './notices.js';
import { useSession } from './session.js';

export function AccountMenu() {
  const t = useSharedTexts();
  const api = useApi();
  const { notify } = useNotices();
  const { user, setup, tenant } = useSession();
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = user?.name ?? user?.username ?? t('setup.guest');
  const signOut = async () => {
    try {
      const answer = await api.console('POST', 'sign-out');
      const body = answer.ok ? ((await answer.json()) as { readonly location?: string }) : {};
      window.location.assign(body.location ?? document.baseURI);
    } catch {
      notify(t('account.not_signed_out'));
    }
  };
  return (
    <Menu position="bottom-end" width={272} trapFocus>
      <Menu.Target>
        <button type="button" className="avatar-button">
          <span aria-hidden="true">{initials(name)}</span>
          <span className="visually-hidden">{t('account.menu', { name })}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {!setup && t('account.signed_in')} <bdi>{name}</bdi>, <bdi>{tenant.display_name}</bdi>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label id="scheme-label">{t('account.scheme')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="scheme-label"
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`account.scheme_${value}`) }))}
        />
        <Menu.Label id="language-label">{t('account.language')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="language-label"
          value={language}
          onChange={(value) => choose(value as Language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
        {!setup && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<Icon name="out" />} onClick={() => void signOut()}>
              {t('account.sign_out')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
