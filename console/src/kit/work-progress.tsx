import { Button } from '@mantine/core';
import { useSharedTexts } from '../texts/texts.js';
import type { Progress } from './long-work.js';

export function WorkProgress({ progress, onStop }: { readonly progress: Progress; readonly onStop?: () => void }) {
  const t = useSharedTexts();
  const { total, done, failed, isRunning } = progress;
  const past = done + failed.length;
  return (
    <div className="meter">
      <div className="meter-line">
        <span role="status">
          {isRunning
            ? `${t('progress.running')}: ${t('progress.of', { done: past, total })}`
            : t('progress.done', { done, failed: failed.length })}
        </span>
        {isRunning && onStop && (
          <Button size="compact-xs" variant="default" onClick={onStop}>
            {t('progress.stop')}
          </Button>
        )}
      </div>
      <progress max={total} value={past} aria-label={t('progress.running')} />
      {failed.map(({ name, error }, at) => (
        <p key={at}>
          <bdi>{name}</bdi>: {error.message}
        </p>
      ))}
    </div>
  );
}
