import type { AnswerOf } from '../../api/operation.js';
import { type TextValues, type Translate, useTexts } from '../../texts/texts.js';
import { checkTexts } from './check-texts.js';

export type Check = AnswerOf<'getReadiness'>['checks'][number];
type Key = keyof typeof checkTexts.en;

interface CheckWords {
  /** What was found. Undefined: the console has no words for it, and the platform's own are all there is. */
  readonly found: (check: Check) => string | undefined;
  /** What to do. */
  readonly mend: (check: Check) => string | undefined;
}

/** What the readiness report says, in the language of the reader. */
export function useCheckWords(): CheckWords {
  const t = useTexts(checkTexts);
  return {
    found: (check) => wordsOf(t, `${check.name}_${check.state}`, valuesOf(check, t('no_reply'))),
    mend: (check) => wordsOf(t, `do_${check.name}_${check.state}`, {}),
  };
}

function wordsOf(t: Translate<Key>, key: string, values: TextValues): string | undefined {
  return isKey(key) ? t(key, values) : undefined;
}

function isKey(key: string): key is Key {
  return Object.hasOwn(checkTexts.en, key);
}

function valuesOf({ values }: Check, noReply: string): TextValues {
  const { until, reply = noReply } = values;
  return { ...values, reply, ...(until !== undefined && { until: new Date(until) }) };
}
