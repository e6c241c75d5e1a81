import { useRead } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import { Link } from '../../shell/link.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const COUNT = { limit: 1, total: true } as const;

export function PlatformNumbers() {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const all = useRead('listTenants', { query: COUNT }).data?.body.page;
  const suspended = useRead('listTenants', { query: { ...COUNT, status: 'suspended' } }).data?.body.page;
  const shown = (page: typeof all) => {
    if (page?.estimated_total === undefined) return '–';
    const count = new Intl.NumberFormat(language).format(page.estimated_total);
    return page.total_precision === 'exact' ? count : `≈ ${count}`;
  };
  return (
    <Panel title={t('numbers')}>
      <ul className="tiles">
        <li>
          <Link to="/tenants">
            <span className="tile-number numbers">{shown(all)}</span>
            {t('count_tenants')}
          </Link>
        </li>
        <li>
          <Link to="/tenants?status=suspended">
            <span className="tile-number numbers">{shown(suspended)}</span>
            {t('count_suspended')}
          </Link>
        </li>
      </ul>
    </Panel>
  );
}
