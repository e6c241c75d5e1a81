import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { useSharedTexts } from '../texts/texts.js';

/** Asks before changes are left behind: by a link, by Back, and by closing the tab. */
export function DirtyGuard({ count }: { readonly count: RefObject<number> }) {
  const t = useSharedTexts();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => count.current > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => count.current > 0,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return undefined;
  return (
    <Modal
      opened
      onClose={blocker.reset}
      title={<strong>{t('form.dirty_title')}</strong>}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="stack">
        <p>{t('form.dirty_text', { count: count.current })}</p>
        <div className="actions">
          <Button data-autofocus onClick={blocker.reset}>
            {t('action.stay')}
          </Button>
          <Button variant="default" onClick={blocker.proceed}>
            {t('action.discard')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
