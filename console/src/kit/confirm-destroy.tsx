import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { ProblemNotice } from './problem-notice.js';

export interface Consequences {
  /** A question or an imperative: "Delete the application Shop". */
  readonly title: string;
  /** What stops working, for whom and how many: one sentence each. */
  readonly effects: readonly ReactNode[];
  /** What can be done about it afterwards, if anything. */
  readonly undo?: ReactNode;
  /** What the button does: "Delete application". */
  readonly confirmLabel: string;
  /** To be typed, for what is large and cannot be undone. */
  readonly typeName?: string;
  /** Choices that belong to it. */
  readonly children?: ReactNode;
}

interface ConfirmDestroyProps extends Consequences {
  readonly onClose: () => void;
  /** Closes when it has succeeded; a refusal is shown in the dialog. */
  readonly onConfirm: () => Promise<unknown>;
}

/** Asks before something stops working. Cancel has the focus. Render it only while it is asked. */
export function ConfirmDestroy(props: ConfirmDestroyProps) {
  const { title, effects, undo, confirmLabel, typeName, children, onClose, onConfirm } = props;
  const t = useSharedTexts();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const isNamed = typeName === undefined || typed.trim() === typeName;
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (reason) {
      setError(reason as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) void confirm();
        }}
      >
        {effects.length > 0 && (
          <div className="notice" data-tone="danger">
            <Icon name="warning" />
            <div>
              <p className="notice-title">{t('destroy.effects')}</p>
              <ul>
                {effects.map((effect, at) => (
                  <li key={at}>{effect}</li>
                ))}
              </ul>
            </div>
          </div>
        )}
        {undo !== undefined && <p>{undo}</p>}
        {children}
        {typeName !== undefined && (
          <TextInput
            label={t('destroy.type', { name: typeName })}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {error && <ProblemNotice error={error} />}
        <div className="actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={isBusy} disabled={!isNamed}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
