import { useEffect, useState } from 'react';
import { useApi } from '../../api/api.js';
import { useSession } from '../../shell/session.js';

/** Names of everything that the preview can show. */
export interface Samples {
  readonly pages: readonly string[];
  readonly mails: readonly string[];
}

interface Preview {
  /** Where it is shown; undefined while it is being made. */
  readonly address: ((manner: Readonly<Record<string, string>>) => string) | undefined;
  readonly samples: Samples;
  readonly error: Error | undefined;
  readonly again: () => void;
}

const NONE: Samples = { pages: [], mails: [] };
const BEFORE_END_MS = 60_000;

/** A link to the draft for an hour, at the address of this console, because only its own origin may frame it. */
export function usePreview(slug: string): Preview {
  const api = useApi();
  const { is_operator, public_url } = useSession();
  const [token, setToken] = useState<string>();
  const [samples, setSamples] = useState(NONE);
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);
  const root = is_operator
    ? `${public_url}/t/${encodeURIComponent(slug)}/branding/preview`
    : new URL('../branding/preview', document.baseURI).href;
  const addressFor = (secret: string, manner: Readonly<Record<string, string>>) =>
    `${root}?${new URLSearchParams({ token: secret, ...manner }).toString()}`;

  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const make = async () => {
      const { body } = await api.call('createBrandingPreview', { path: { tenant: slug } });
      const secret = new URL(body.url).searchParams.get('token') ?? '';
      const list = await fetch(addressFor(secret, {}), { redirect: 'error' });
      const found = samplesIn(await list.text());
      if (isGone) return;
      setSamples(found);
      setToken(secret);
      setError(undefined);
      const left = Date.parse(body.expires_at) - Date.now() - BEFORE_END_MS;
      timer = setTimeout(() => setAttempt((before) => before + 1), Math.max(left, BEFORE_END_MS));
    };
    make().catch((reason: unknown) => !isGone && setError(reason as Error));
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [slug, attempt]);

  return {
    address: token === undefined ? undefined : (manner) => addressFor(token, manner),
    samples,
    error,
    again: () => setAttempt((before) => before + 1),
  };
}

/**
 * The list that the platform makes, so that no page is forgotten here. It is not parsed as a document, which would bring
 * its styles under the policy of this one.
 */
function samplesIn(html: string): Samples {
  const links = [...html.matchAll(/href="[^"?]*\?([^"]*)"/g)].map(([, query = '']) => query.replaceAll('&amp;', '&'));
  const named = (parameter: string) => [
    ...new Set(links.flatMap((query) => new URLSearchParams(query).get(parameter) ?? [])),
  ];
  return { pages: named('page'), mails: named('mail') };
}
