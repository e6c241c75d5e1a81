import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { countdown, useNow, waitsUntil } from './key-moments.js';
import './keys.css';
import { texts } from './texts.js';

interface RotateDialogProps {
  readonly alg: Schema<'Key'>['alg'] | 'all';
  readonly keys: readonly Schema<'Key'>[];
  readonly onClose: () => void;
}

/** Nothing breaks by a rotation; the dialog says when it takes place. */
export function RotateDialog({ alg, keys, onClose }: RotateDialogProps) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const rotate = useWrite('rotateKeys');
  // The same request sent twice rotates once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const now = useNow(true);
  const meant = keys.filter((key) => key.state === 'next' && (alg === 'all' || key.alg === alg));
  const waits = meant.flatMap((key) => waitsUntil(key, keys, now) ?? []);
  const request = { path: { tenant }, body: alg === 'all' ? {} : { alg } };
  const press = async () => {
    try {
      await rotate.mutateAsync({ ...request, idempotencyKey });
      notify(t('rotated'));
      onClose();
    } catch {
      // The dialog shows it.
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{alg === 'all' ? t('rotate_all') : t('rotate_one', { alg })}</strong>}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <div className="stack">
        <ul className="key-steps">
          <li>
            {waits.length === 0 ? (
              t('rotate_at_once')
            ) : (
              <span className="numbers">{t('rotate_in', { time: countdown(Math.max(...waits) - now) })}</span>
            )}
          </li>
          <li>{t('rotate_old')}</li>
          <li>{t('rotate_new')}</li>
        </ul>
        <p className="soft">{t('rotate_nobody')}</p>
        {rotate.error && <ProblemNotice error={rotate.error} />}
        <div className="actions">
          <Button loading={rotate.isPending} onClick={() => void press()}>
            {t('rotate')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {shared('action.cancel')}
          </Button>
          <CodeCopy
            operation="rotateKeys"
            request={() => request}
            cli={() => asCommand(['keys', 'rotate', tenant, ...(alg === 'all' ? [] : ['--alg', alg])])}
          />
        </div>
      </div>
    </Modal>
  );
}
