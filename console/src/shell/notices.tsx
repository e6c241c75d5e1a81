import { ActionIcon } from '@mantine/core';
import { type ReactNode, createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';

interface Notices {
  /** A message that goes by itself: something was done. Refusals stay where they arose. */
  readonly notify: (text: string) => void;
  /** Only for those who hear the page. */
  readonly announce: (text: string) => void;
}

const SHOWN_MS = 6000;
const NoticesContext = createContext<Notices | undefined>(undefined);

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const t = useSharedTexts();
  const [toasts, setToasts] = useState<readonly { readonly id: number; readonly text: string }[]>([]);
  const [heard, setHeard] = useState('');
  const last = useRef(0);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const notices = useMemo<Notices>(
    () => ({
      announce: setHeard,
      notify: (text) => {
        const id = ++last.current;
        setToasts((all) => [...all, { id, text }]);
        setTimeout(() => drop(id), SHOWN_MS);
      },
    }),
    [drop],
  );
  return (
    <NoticesContext value={notices}>
      {children}
      <div className="visually-hidden" role="status">
        {heard}
      </div>
      <div className="toasts" role="status" aria-label={t('app.notices')}>
        {toasts.map(({ id, text }) => (
          <div className="toast" key={id}>
            <Icon name="check" />
            <span>{text}</span>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('action.close')} onClick={() => drop(id)}>
              <Icon name="close" size={14} />
            </ActionIcon>
          </div>
        ))}
      </div>
    </NoticesContext>
  );
}

export function useNotices(): Notices {
  const notices = use(NoticesContext);
  if (!notices) throw new Error('There are no notices outside NoticesProvider.');
  return notices;
}
