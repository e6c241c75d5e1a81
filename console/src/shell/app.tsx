import { Button, MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiProvider, createApi } from '../api/api.js';
import { ApiProblem, problemOf } from '../api/api-problem.js';
import { createQueries } from '../api/query-client.js';
import { cssVariables, theme } from '../design/theme.js';
import { EmptyState, SkeletonLines } from '../design/states.js';
import { ProblemNotice } from '../kit/problem-notice.js';
import { type Language, LANGUAGES, LanguageProvider, useSharedTexts } from '../texts/texts.js';
import { NoticesProvider } from './notices.js';
import { screensOf } from '../screens/screens.js';
import { ReachProvider } from './reach.js';
import { createConsoleRouter } from './router.js';
import { type SetupEnd, SetupEnded, setupEndOf } from './setup-ended.js';
import { SetupFinishProvider } from './setup-finish.js';
import { type Session, SessionProvider } from './session.js';

interface AppProps {
  /** Address of the console, with a slash at its end. */
  readonly base: string;
  readonly nonce: string;
}

const SESSION_KEY = ['session'];
const SCHEME_KEY = 'tenantry-console-scheme';
const LANGUAGE_KEY = 'tenantry-console-language';

/** The colour scheme and the language are all that the browser keeps: neither says anything about a person. */
const schemes = localStorageColorSchemeManager({ key: SCHEME_KEY });

export function App({ base, nonce }: AppProps) {
  const [language, setLanguage] = useState(firstLanguage);
  const choice = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        localStorage.setItem(LANGUAGE_KEY, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <LanguageProvider value={choice}>
        <NoticesProvider>
          <SignedIn base={base} />
        </NoticesProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

function SignedIn({ base }: { readonly base: string }) {
  const [isReachable, setReachable] = useState(true);
  const [end, setEnd] = useState<SetupEnd>();
  const queries = useMemo(createQueries, []);
  const api = useMemo(
    () =>
      createApi(base, {
        onSignedOut: (problem) => {
          const why = setupEndOf(problem);
          if (why) return setEnd(why);
          queries.clear();
          signIn(base);
        },
        // The roles of the person have changed since the page was loaded.
        onForbidden: () => void queries.invalidateQueries({ queryKey: SESSION_KEY }),
        onReach: setReachable,
      }),
    [base, queries],
  );
  return (
    <ReachProvider value={isReachable}>
      <QueryClientProvider client={queries}>
        <ApiProvider value={api}>
          <SetupFinishProvider value={() => setEnd('finished')}>
            {end ? (
              <SetupEnded end={end} base={base} />
            ) : (
              <WithSession base={base} load={() => api.console('GET', 'session')} />
            )}
          </SetupFinishProvider>
        </ApiProvider>
      </QueryClientProvider>
    </ReachProvider>
  );
}

function WithSession({ base, load }: { readonly base: string; readonly load: () => Promise<Response> }) {
  const t = useSharedTexts();
  const { data, error, refetch } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: async () => {
      const answer = await load();
      if (!answer.ok) throw await problemOf(answer);
      return (await answer.json()) as Session;
    },
    staleTime: 60_000,
  });
  const end = setupEndOf(error);
  const isSignedOut = error instanceof ApiProblem && error.status === 401 && !end;
  // The sign-in led back here without a session; to send the person there again would go round in circles.
  const failed = isSignedOut ? new URLSearchParams(window.location.search).get('error') : null;
  useEffect(() => {
    if (isSignedOut && failed === null) signIn(base);
  }, [isSignedOut, failed, base]);
  const isOperator = data?.is_operator;
  const purposes = data?.setup?.purposes.join();
  const router = useMemo(
    () => data && createConsoleRouter(new URL(base).pathname.replace(/\/$/, ''), data.is_operator, screensOf(data)),
    [base, isOperator, purposes],
  );
  if (end) return <SetupEnded end={end} base={base} />;
  if (data && router && !isSignedOut) {
    return (
      <SessionProvider value={data}>
        <RouterProvider router={router} />
      </SessionProvider>
    );
  }
  return (
    <main className="content">
      <h1 className="visually-hidden">{t('app.console')}</h1>
      {failed !== null ? (
        <EmptyState
          icon="grant"
          title={t(failed === 'access_denied' ? 'session.no_admin' : 'session.failed')}
          text={t(failed === 'access_denied' ? 'session.no_admin_text' : 'session.failed_text')}
          action={<Button onClick={() => signIn(base, '/')}>{t('session.sign_in')}</Button>}
        />
      ) : error && !isSignedOut ? (
        <>
          <ProblemNotice error={error} onRetry={() => void refetch()} />
          {error instanceof ApiProblem && error.status === 403 && (
            <Button mt="md" onClick={() => signIn(base)}>
              {t('session.sign_in')}
            </Button>
          )}
        </>
      ) : (
        <SkeletonLines lines={6} label={t('app.loading')} />
      )}
    </main>
  );
}

/** Leaves for the sign-in, and comes back to the same page. */
function signIn(base: string, page?: string): void {
  const { pathname, search } = window.location;
  const address = new URL('sign-in', base);
  // The server takes a path below the console.
  address.searchParams.set('return_to', page ?? `/${pathname.slice(new URL(base).pathname.length)}${search}`);
  window.location.assign(address);
}

/** The one chosen before, or the first of the browser's that the console speaks. */
function firstLanguage(): Language {
  const wanted = [localStorage.getItem(LANGUAGE_KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((tag): tag is Language => tag !== null && Object.hasOwn(LANGUAGES, tag)) ?? 'en';
}
