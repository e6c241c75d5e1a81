import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../api/api.js';
import { Icon } from '../design/icon.js';
import { Time } from '../design/time.js';
import { useSharedTexts } from '../texts/texts.js';
import { useNotices } from './notices.js';
import { useSession } from './session.js';

/** For somebody who came by a setup link: who asked, until when, and the way out. */
export function SetupBanner({ onFinished }: { readonly onFinished: () => void }) {
  const t = useSharedTexts();
  const api = useApi();
  const { notify } = useNotices();
  const { setup, tenant } = useSession();
  const [isBusy, setBusy] = useState(false);
  if (!setup) return null;
  const finish = async () => {
    setBusy(true);
    try {
      const answer = await api.console('POST', 'setup/finish');
      if (answer.ok) return onFinished();
    } catch {
      // Told below.
    }
    setBusy(false);
    notify(t('setup.not_finished'));
  };
  return (
    <section className="setup-banner" aria-label={t('setup.label')}>
      <Icon name="grant" />
      <span>
        {t('setup.by', { tenant: tenant.display_name, maker: setup.maker })} <Time value={setup.ends_at} exact />
      </span>
      <Button size="xs" variant="default" loading={isBusy} onClick={() => void finish()}>
        {t('setup.finish')}
      </Button>
    </section>
  );
}
