import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
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
  const t = useTexts(warningTexts);
  const { language } = useLanguage();
  if (language === 'en' || !isKnown(code)) return <span lang="en">{detail}</span>;
  return (
    <>
      {t(code, { setting: pointer.slice(1) })}
      <details>
        <summary className="soft">{t('platform_says')}</summary>
        <span lang="en">{detail}</span>
      </details>
    </>
  );
}

function isKnown(code: string): code is keyof typeof warningTexts.en {
  return Object.hasOwn(warningTexts.en, code);
}
