import { useTexts } from '../../texts/texts.js';
import { useWords } from '../../texts/words.js';
import type { Health } from './health.js';
import { texts } from './texts.js';

interface HealthWords {
  /** What is wrong with one part. What has no words here is as the platform says it. */
  readonly fault: (fault: string | true) => string;
  /** Everything that is wrong: `Database takes writes: is slow`. */
  readonly faults: (health: Health) => readonly string[];
}

export function useHealthWords(): HealthWords {
  const t = useTexts(texts);
  const known = useWords(texts);
  const fault: HealthWords['fault'] = (said) =>
    said === true ? t('stops') : (known(`fault_${said.replaceAll(' ', '_')}`) ?? said);
  return {
    fault,
    faults: ({ parts }) =>
      Object.entries(parts).map(([part, said]) => `${known(`part_${part}`) ?? part}: ${fault(said)}`),
  };
}
