import { useRouter, useLocation, type RouterHistory } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

export interface Draft {
  readonly policy_template: string;
  readonly display_name: string;
  readonly slug: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  /** Makes it safe to send the creation again. */
  readonly key: string;
}

const MEMBER = 'newTenant';

/** What was answered so far. It is kept with the entry of the browser's history: a reload keeps it, a new visit does not. */
export function useDraft(): readonly [Draft, (change: Partial<Draft>) => void] {
  const router: { readonly history: RouterHistory } = useRouter();
  const { state, searchStr } = useLocation();
  const kept = (state as unknown as Readonly<Record<string, unknown>>)[MEMBER];
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft(), ...(kept as Partial<Draft> | undefined) }));
  const keep = (answers: Draft) => router.history.replace(router.history.location.href, { [MEMBER]: answers });
  // Each step is an entry of its own.
  useEffect(() => {
    if (kept === undefined) keep(draft);
  }, [searchStr]);
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keep(next);
  };
  return [draft, change];
}

function emptyDraft(): Draft {
  return {
    policy_template: '',
    display_name: '',
    slug: '',
    email: '',
    name: '',
    locale: '',
    key: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

/** A slug made of a name: "Müller & Söhne" becomes "mueller-soehne". */
export function slugOf(name: string): string {
  const spelled = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? '');
  const plain = spelled.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
