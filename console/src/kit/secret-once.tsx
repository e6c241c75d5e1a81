import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from '../design/copy.js';
import { useSharedTexts } from '../texts/texts.js';

interface SecretOnceProps {
  readonly label: string;
  readonly secret: string;
  /** What else belongs to it: the client id, a snippet. */
  readonly children?: ReactNode;
  /** Forget the secret here: nothing else keeps it. */
  readonly onClose: () => void;
}

/** A secret that was just made. Only the button closes it, so that no stray key loses it. */
export function SecretOnce({ label, secret, children, onClose }: SecretOnceProps) {
  const t = useSharedTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{t('secret.title')}</strong>}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <div className="stack">
        <p>{t('secret.text')}</p>
        <CopyField label={label} value={secret} />
        {children}
        <div>
          <Button onClick={onClose}>{t('secret.done')}</Button>
        </div>
      </div>
    </Modal>
  );
}
