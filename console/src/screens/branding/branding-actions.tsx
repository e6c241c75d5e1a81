import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { NEED } from './branding-screens.js';
import { texts } from './texts.js';

interface ActionsProps {
  readonly draft: Schema<'BrandingDraft'>;
}

/** Publishing a draft, or throwing it away. */
export function BrandingActions({ draft }: ActionsProps) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const [asked, setAsked] = useState<'publish' | 'discard'>();
  const discard = useWrite('discardBrandingDraft');
  const because = draft.state === 'published' ? t('no_draft') : undefined;
  return (
    <>
      <ActionButton variant="default" need={NEED} because={because} onClick={() => setAsked('discard')}>
        {t('discard')}
      </ActionButton>
      <ActionButton need={NEED} because={because} onClick={() => setAsked('publish')}>
        {t('publish')}
      </ActionButton>
      {asked === 'publish' && <PublishDialog draft={draft} onClose={() => setAsked(undefined)} />}
      {asked === 'discard' && (
        <ConfirmDestroy
          title={t('discard_question')}
          effects={[t('discard_effect')]}
          undo={t('discard_undo')}
          confirmLabel={t('discard')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await discard.mutateAsync({ path: { tenant } });
            notify(t('discarded'));
          }}
        />
      )}
    </>
  );
}

function PublishDialog({ draft, onClose }: ActionsProps & { readonly onClose: () => void }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const publish = useWrite('publishBranding');
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const [note, setNote] = useState('');
  const [isCorrected, setCorrected] = useState(false);
  const [isOverwriting, setOverwriting] = useState(false);
  const { passes, faults } = draft.contrast;
  const body = {
    ...(note.trim() !== '' && { note: note.trim() }),
    ...(isCorrected && { correct_contrast: true }),
    ...(isOverwriting && { overwrite: true }),
  };
  const request = { path: { tenant }, body };
  const press = async () => {
    try {
      await publish.mutateAsync({ ...request, idempotencyKey });
      notify(t('published'));
      onClose();
    } catch {
      // The dialog shows it, and what is sent next is another request.
      setKey(crypto.randomUUID());
    }
  };
  const isReady = (passes || isCorrected) && (!draft.is_outdated || isOverwriting);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{t('publish_title')}</strong>}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void press();
        }}
      >
        <p>{t('publish_text')}</p>
        {!passes && (
          <div className="notice" data-tone="warn">
            <Icon name="warning" />
            <div>
              <p className="notice-title">{t('contrast_title', { count: faults.length })}</p>
              <p>{t('contrast_text')}</p>
              <Checkbox
                label={t('correct')}
                checked={isCorrected}
                onChange={(event) => setCorrected(event.currentTarget.checked)}
              />
            </div>
          </div>
        )}
        {draft.is_outdated && (
          <div className="notice" data-tone="warn">
            <Icon name="warning" />
            <div>
              <p className="notice-title">{t('outdated_title')}</p>
              <p>{t('outdated_text')}</p>
              <Checkbox
                label={t('overwrite')}
                checked={isOverwriting}
                onChange={(event) => setOverwriting(event.currentTarget.checked)}
              />
            </div>
          </div>
        )}
        <TextInput
          label={t('note')}
          description={t('note_help')}
          maxLength={200}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {publish.error && <ProblemNotice error={publish.error} />}
        <div className="actions">
          <Button type="submit" loading={publish.isPending} disabled={!isReady}>
            {t('publish_now')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('action.cancel')}
          </Button>
          <CodeCopy
            operation="publishBranding"
            request={() => request}
            cli={() =>
              asCommand([
                'branding',
                'publish',
                tenant,
                ...(note.trim() === '' ? [] : ['--note', note.trim()]),
                ...(isCorrected ? ['--correct-contrast'] : []),
                ...(isOverwriting ? ['--overwrite'] : []),
              ])
            }
          />
        </div>
      </form>
    </Modal>
  );
}
