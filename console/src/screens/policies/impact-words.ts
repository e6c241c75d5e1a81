import { useMemo } from 'react';
import type { Schema } from '../../api/operation.js';
import { type Language, useLanguage } from '../../texts/texts.js';
import { dayOf, wordsOf } from '../../texts/words.js';
import { impactTexts } from './impact-texts.js';

type Client = Schema<'ClientImpact'>;
/** Processes of before give no `values`. */
type Broken = Pick<Client, 'code' | 'last_used_at'> & Partial<Pick<Client, 'values'>>;

interface ImpactWords {
  /** Undefined, here and below: the platform's own words are all there is. */
  readonly client: (client: Broken) => string | undefined;
  readonly user: (user: Pick<Schema<'UserImpact'>, 'code'>) => string | undefined;
  readonly notes: (impact: Pick<Schema<'PolicyImpact'>, 'changes' | 'notes'>) => readonly string[] | undefined;
}

/** What the dry run of a policy says, in the language of the reader. */
export function useImpactWords(): ImpactWords {
  const { language } = useLanguage();
  return useMemo(() => impactWords(language), [language]);
}

export function impactWords(language: Language): ImpactWords {
  const say = wordsOf(impactTexts, language);
  return {
    client: ({ code, values = {}, last_used_at: lastUsedAt }) => {
      const { from } = values;
      const isDay = code === 'grant_ends' && from !== undefined;
      const words = say(`client_${code}`, { ...values, ...(isDay && { from: dayOf(from) }) });
      const isUnused = code.startsWith('grant_') && lastUsedAt === null;
      return words === undefined || !isUnused ? words : `${words} ${say('grant_unused') ?? ''}`;
    },
    user: ({ code }) => say(`user_${code}`),
    notes: ({ changes, notes }) => {
      const noted = changes.filter(
        ({ member, from, to }) => member !== 'password_min_length' || Number(to) > Number(from),
      );
      const words = noted.flatMap(
        ({ member, to }) => say(`note_${member}`, typeof to === 'string' ? { to } : {}) ?? [],
      );
      // A note has no code. When there are others than those of the changes, all are shown as they came.
      return words.length === notes.length ? words : undefined;
    },
  };
}
