import type { ReactNode } from 'react';
import type { Schema } from '../../api/operation.js';
import { type TextValues, type Translate, useTexts } from '../../texts/texts.js';
import { impactTexts } from './impact-texts.js';

type Key = keyof typeof impactTexts.en;

interface ImpactWords {
  readonly client: (client: Schema<'ClientImpact'>) => ReactNode;
  readonly user: (user: Schema<'UserImpact'>) => ReactNode;
  readonly notes: (impact: Pick<Schema<'PolicyImpact'>, 'changes' | 'notes'>) => readonly ReactNode[];
}

/** What the dry run of a policy says, in the language of the reader. What has no words here is as the platform says it. */
export function useImpactWords(): ImpactWords {
  const t = useTexts(impactTexts);
  return {
    client: ({ code, values, detail, last_used_at: lastUsedAt }) => {
      const words = wordsOf(t, `client_${code}`, values);
      const isUnused = code.startsWith('grant_') && lastUsedAt === null;
      return words === undefined ? inEnglish(detail) : `${words}${isUnused ? ` ${t('grant_unused')}` : ''}`;
    },
    user: ({ code, detail }) => wordsOf(t, `user_${code}`, {}) ?? inEnglish(detail),
    notes: ({ changes, notes }) => {
      const noted = changes.filter(
        ({ member, from, to }) => member !== 'password_min_length' || Number(to) > Number(from),
      );
      const words = noted.flatMap(
        ({ member, to }) => wordsOf(t, `note_${member}`, typeof to === 'string' ? { to } : {}) ?? [],
      );
      // A note has no code. When there are others than those of the changes, all are shown as they came.
      return words.length === notes.length ? words : notes.map(inEnglish);
    },
  };
}

function wordsOf(t: Translate<Key>, key: string, values: TextValues): string | undefined {
  return isKey(key) ? t(key, values) : undefined;
}

function isKey(key: string): key is Key {
  return Object.hasOwn(impactTexts.en, key);
}

function inEnglish(text: string): ReactNode {
  return <span lang="en">{text}</span>;
}
