import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { SETUP_PLACES } from './setup-places.js';
import { texts } from './texts.js';

/** The way to each thing that the link is for. */
export function SetupHome() {
  const t = useTexts(texts);
  const { setup, tenant } = useSession();
  const { at } = useTenant();
  if (!setup) return null;
  return (
    <>
      <PageHead title={t('home_title', { tenant: tenant.display_name })} lead={t('home_lead')} />
      <div className="page-body">
        {setup.purposes.map((purpose) => (
          <Panel key={purpose} title={t(purpose)} lead={t(`${purpose}_text`)}>
            <div>
              <ActionButton to={at(SETUP_PLACES[purpose])}>{t(`${purpose}_go`)}</ActionButton>
            </div>
          </Panel>
        ))}
        <p className="soft">
          {t(setup.single_use ? 'home_once' : 'home_again')}{' '}
          <Time value={setup.single_use ? setup.ends_at : setup.expires_at} exact />
        </p>
      </div>
    </>
  );
}
