import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { useTexts } from '../../texts/texts.js';
import { useWords } from '../../texts/words.js';
import { texts } from './texts.js';
import { warningTexts } from './warning-texts.js';

type Warning = NonNullable<Schema<'Client'>['warnings']>[number];

/** What was accepted and will not work as it is. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const t = useTexts(texts);
  return (
    <div className="notice" data-tone="warn" role="status">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{t('warnings')}</p>
        <ul>
          {warnings.map((warning) => (
            <li key={`${warning.pointer} ${warning.detail}`}>
              <Words warning={warning} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Which name or value it is about, the API says in its sentence alone. */
function Words({ warning: { code, pointer, detail } }: { readonly warning: Warning }) {
  const t = useTexts(texts);
  const words = useWords(warningTexts)(code, { setting: pointer.slice(1) });
  if (words === undefined) return <span lang="en">{detail}</span>;
  return (
    <>
      {words}
      <details>
        <summary className="soft">{t('platform_says')}</summary>
        <span lang="en">{detail}</span>
      </details>
    </>
  );
}
