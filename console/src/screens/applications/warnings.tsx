import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** What was accepted and will not work as it is. */
export function Warnings({ warnings }: { readonly warnings: NonNullable<Schema<'Client'>['warnings']> }) {
  const t = useTexts(texts);
  return (
    <div className="notice" data-tone="warn" role="status">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{t('warnings')}</p>
        <ul>
          {warnings.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>{detail}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
