import { Button } from '@mantine/core';
import { useApi } from '../api/api.js';
import { ApiProblem } from '../api/api-problem.js';
import { EmptyState } from '../design/states.js';
import { useSharedTexts } from '../texts/texts.js';

const REASONS = ['over', 'expired', 'revoked', 'maker', 'finished'] as const;
export type SetupEnd = (typeof REASONS)[number];

/** Why a session by a setup link has ended; undefined of every other problem. */
export function setupEndOf(error: unknown): SetupEnd | undefined {
  if (!(error instanceof ApiProblem) || error.kind !== 'setup-ended') return undefined;
  const { reason } = (error.problem ?? {}) as { readonly reason?: unknown };
  return REASONS.find((one) => one === reason) ?? 'over';
}

/** Says what became of the link. Whoever has an account too goes on with it. */
export function SetupEnded({ end, base }: { readonly end: SetupEnd; readonly base: string }) {
  const t = useSharedTexts();
  const api = useApi();
  const leave = async () => {
    await api.console('POST', 'setup/finish').catch(() => undefined);
    window.location.assign(base);
  };
  return (
    <main className="content">
      <h1 className="visually-hidden">{t('app.console')}</h1>
      <EmptyState
        icon={end === 'finished' ? 'check' : 'grant'}
        title={t(`setup.${end}`)}
        text={t(`setup.${end}_text`)}
        action={
          <Button variant="default" onClick={() => void leave()}>
            {t('setup.sign_in')}
          </Button>
        }
      />
    </main>
  );
}
