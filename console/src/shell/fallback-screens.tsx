import { Button } from '@mantine/core';
import { SkeletonLines } from '../design/states.js';
import { PageHead } from '../kit/page-head.js';
import { useSharedTexts } from '../texts/texts.js';
import { Link } from './link.js';
import { useSession } from './session.js';

export function LoadingScreen() {
  const t = useSharedTexts();
  return <SkeletonLines lines={6} label={t('app.loading')} />;
}

export function NotFoundScreen() {
  const t = useSharedTexts();
  const { setup } = useSession();
  return (
    <>
      {setup ? (
        <PageHead title={t('setup.elsewhere')} lead={t('setup.elsewhere_text')} />
      ) : (
        <PageHead title={t('problem.not_found')} lead={t('problem.not_found_text')} />
      )}
      <Link to="/">{t('nav.home')}</Link>
    </>
  );
}

/** A screen threw. The rest of the console goes on. */
export function CrashScreen() {
  const t = useSharedTexts();
  return (
    <>
      <PageHead title={t('problem.crash')} lead={t('problem.crash_text')} />
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </>
  );
}
