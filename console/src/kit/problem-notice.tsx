import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiProblem, Unreachable } from '../api/api-problem.js';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';

interface ProblemNoticeProps {
  readonly error: Error;
  readonly onRetry?: (() => void) | undefined;
  /** Its field errors are shown elsewhere. */
  readonly withoutFields?: boolean;
}

/** What the platform refused or could not do, in its words, and what helps. */
export function ProblemNotice({ error, onRetry, withoutFields }: ProblemNoticeProps) {
  const t = useSharedTexts();
  const problem = error instanceof ApiProblem ? error : undefined;
  const errors = withoutFields === true ? [] : (problem?.errors ?? []);
  return (
    <div className="notice" data-tone="danger" role="alert">
      <Icon name="error" />
      <div>
        <p className="notice-title">{t(titleOf(error))}</p>
        <p>{error instanceof Unreachable ? t('unreachable.text') : error.message}</p>
        {errors.length > 0 && (
          <ul>
            {errors.map(({ pointer, parameter, header, detail }) => (
              <li key={`${pointer ?? parameter ?? header ?? ''}${detail}`}>
                {(pointer ?? parameter ?? header) !== undefined && <code>{pointer ?? parameter ?? header}</code>}{' '}
                {detail}
              </li>
            ))}
          </ul>
        )}
        {onRetry && (
          <div>
            <RetryButton seconds={problem?.retryAfterSeconds} onRetry={onRetry} />
          </div>
        )}
      </div>
    </div>
  );
}

/** Counts down what the platform asked to wait. */
function RetryButton({
  seconds = 0,
  onRetry,
}: {
  readonly seconds?: number | undefined;
  readonly onRetry: () => void;
}) {
  const t = useSharedTexts();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    const clock = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(clock);
  }, [seconds]);
  return (
    <Button size="xs" variant="default" disabled={left > 0} onClick={onRetry}>
      {left > 0 ? t('action.retry_in', { seconds: left }) : t('action.retry')}
    </Button>
  );
}

function titleOf(error: Error) {
  if (error instanceof Unreachable) return 'unreachable.title';
  if (!(error instanceof ApiProblem)) return 'problem.title';
  if (error.status === 403) return 'problem.forbidden';
  if (error.status === 404) return 'problem.not_found';
  if (error.status === 409) return 'problem.conflict';
  if (error.status === 429) return 'problem.limited';
  if (error.status >= 500) return 'problem.unavailable';
  return error.errors.length > 0 ? 'problem.invalid' : 'problem.title';
}
