import { useRead } from '../../api/queries.js';
import { Icon } from '../../design/icon.js';
import { Link } from '../../shell/link.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** What the tenant decided about operators. */
export function AccessPolicy({ tenant }: { readonly tenant: string }) {
  const t = useTexts(texts);
  const placeOf = usePlaceOf();
  const { data } = useRead('getTenant', { path: { tenant } });
  if (!data) return undefined;
  const { operator_access: access } = data.body.effective_policy;
  const policies = placeOf('policies');
  return (
    <div className="notice" data-tone={access === 'open' ? 'warn' : 'plain'}>
      <Icon name={access === 'open' ? 'warning' : 'info'} />
      <div>
        <p className="notice-title">{t(`policy_${access}`)}</p>
        <p>{t(`policy_${access}_text`)}</p>
        {policies !== undefined && (
          <p>
            <Link to={`${policies}?search=operator_access`}>{t('policy_link')}</Link>
          </p>
        )}
      </div>
    </div>
  );
}
