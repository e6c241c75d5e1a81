import { useMemo } from 'react';
import type { AnswerOf } from '../../api/operation.js';
import { type Language, type TextValues, useLanguage } from '../../texts/texts.js';
import { dayOf, wordsOf } from '../../texts/words.js';
import { checkTexts } from './check-texts.js';

export type Check = AnswerOf<'getReadiness'>['checks'][number];
/** Processes of before give no `values`. */
type Found = Pick<Check, 'name' | 'state'> & Partial<Pick<Check, 'values'>>;

interface CheckWords {
  /** What was found. Undefined: the console has no words for it, and the platform's own are all there is. */
  readonly found: (check: Found) => string | undefined;
  /** What to do. @param report all checks of the tenant */
  readonly mend: (check: Found, report: readonly Found[]) => string | undefined;
}

/** What the readiness report says, in the language of the reader. */
export function useCheckWords(): CheckWords {
  const { language } = useLanguage();
  return useMemo(() => checkWords(language), [language]);
}

export function checkWords(language: Language): CheckWords {
  const say = wordsOf(checkTexts, language);
  return {
    found: (check) => say(`${check.name}_${check.state}`, valuesOf(check, say('no_reply'))),
    mend: ({ name, state }, report) => {
      // A suspended tenant answers at no address, however long one waits.
      const isSuspended = report.some((one) => one.name === 'status' && one.state === 'missing');
      const key = name === 'addresses' && state === 'missing' && isSuspended ? 'status_missing' : `${name}_${state}`;
      return say(`do_${key}`);
    },
  };
}

function valuesOf({ name, values }: Found, noReply = ''): TextValues {
  if (!values) return {};
  const { until, from } = values;
  return {
    ...(name === 'mail' && { reply: noReply }),
    ...values,
    ...(until !== undefined && { until: new Date(until) }),
    ...(from !== undefined && { from: dayOf(String(from)) }),
  };
}
