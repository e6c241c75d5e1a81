import type { ReactNode } from 'react';
import { useSharedTexts } from '../texts/texts.js';

interface DangerousAction {
  readonly title: string;
  readonly text: ReactNode;
  /** Opens a `ConfirmDestroy`. */
  readonly action: ReactNode;
}

/** What ends or breaks something, at the end of the page and apart from the rest. */
export function DangerZone({ actions }: { readonly actions: readonly (DangerousAction | false | undefined)[] }) {
  const t = useSharedTexts();
  return (
    <section className="panel panel-danger">
      <header className="panel-head">
        <h2>{t('page.danger')}</h2>
      </header>
      <div className="stack">
        {actions.map(
          (one) =>
            one && (
              <div className="danger-line" key={one.title}>
                <div>
                  <h3>{one.title}</h3>
                  <p className="soft">{one.text}</p>
                </div>
                {one.action}
              </div>
            ),
        )}
      </div>
    </section>
  );
}
