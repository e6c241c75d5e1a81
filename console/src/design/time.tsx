import { useSharedTexts, useLanguage, type Language } from '../texts/texts.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Further away a date says more than a number of days. */
const RELATIVE_WITHIN = 14 * DAY;

interface TimeProps {
  /** As the API gives it: RFC 3339. */
  readonly value: string | null | undefined;
  /** Always the exact one, as in a log. */
  readonly exact?: boolean;
}

/** A moment in the reader's zone, with the exact one on hover. */
export function Time({ value, exact }: TimeProps) {
  const { language } = useLanguage();
  const t = useSharedTexts();
  if (value === null || value === undefined) return <span className="soft">{t('time.never')}</span>;
  const moment = new Date(value);
  const title = exactTime(moment, language);
  return (
    <time className="numbers" dateTime={value} title={title}>
      {exact === true ? shortTime(moment, language) : relativeTime(moment, language)}
    </time>
  );
}

/** Made once, when it is needed: each of these takes longer than a row of a list. */
function once<Format>(make: (language: Language) => Format): (language: Language) => Format {
  const made = new Map<Language, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const exactFormat = once((language) => new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }));
const shortFormat = once(
  (language) => new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: '2-digit', ...CLOCK }),
);
const dayFormat = once((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }));
const relativeFormat = once((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));

export function exactTime(moment: Date, language: Language): string {
  return exactFormat(language).format(moment);
}

function shortTime(moment: Date, language: Language): string {
  return shortFormat(language).format(moment);
}

export function relativeTime(moment: Date, language: Language, now = Date.now()): string {
  const seconds = Math.round((moment.getTime() - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance > RELATIVE_WITHIN) return dayFormat(language).format(moment);
  const format = relativeFormat(language);
  if (distance < MINUTE) return format.format(0, 'second');
  if (distance < HOUR) return format.format(Math.trunc(seconds / MINUTE), 'minute');
  if (distance < DAY) return format.format(Math.trunc(seconds / HOUR), 'hour');
  return format.format(Math.trunc(seconds / DAY), 'day');
}
