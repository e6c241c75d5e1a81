import { Icon } from '../../design/icon.js';
import { Panel } from '../../design/states.js';
import { Link } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export interface Step {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  /** As the platform knows it; undefined while it was not answered. */
  readonly isDone: boolean | undefined;
  readonly to?: string | undefined;
  /** An address outside of the console. */
  readonly href?: string | undefined;
}

/** What is worth doing first. Each is done when the platform says so, and when all are, it is gone. */
export function FirstSteps({ steps }: { readonly steps: readonly Step[] }) {
  const t = useTexts(texts);
  const known = steps.filter(({ isDone }) => isDone !== undefined);
  const done = known.filter(({ isDone }) => isDone === true).length;
  if (known.length === 0 || done === known.length) return undefined;
  return (
    <Panel title={t('steps')} lead={t('steps_done', { done, total: known.length })}>
      <progress className="steps-progress" max={known.length} value={done} aria-label={t('steps')} />
      <ol className="checklist">
        {known.map(({ key, title, text, isDone, to, href }) => (
          <li key={key} data-state={isDone === true ? 'ok' : 'open'}>
            {isDone === true ? <Icon name="check" /> : <span className="step-open" aria-hidden="true" />}
            <div>
              <strong>{title}</strong>
              {isDone === true ? (
                <span className="visually-hidden"> ({t('step_done')})</span>
              ) : (
                <p className="soft">{text}</p>
              )}
            </div>
            {isDone !== true && to !== undefined && (
              <Link to={to} aria-label={`${t('step_go')}: ${title}`}>
                {t('step_go')}
              </Link>
            )}
            {isDone !== true && to === undefined && href !== undefined && (
              <a href={href} aria-label={`${t('step_go')}: ${title}`}>
                {t('step_go')}
              </a>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
