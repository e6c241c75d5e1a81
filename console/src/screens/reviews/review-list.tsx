import { useLocation } from '@tanstack/react-router';
import { Time } from '../../design/time.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { ReviewState, STATES } from './review-state.js';
import { texts } from './texts.js';

const SHOWN = [...STATES, 'all'] as const;

/** Applications that developers registered: first those that wait for a decision. */
export function ReviewList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { pathname } = useLocation();
  const [url] = useUrlState();
  const show = SHOWN.find((one) => one === url.get('show')) ?? 'pending';
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <div className="page-body">
        <nav className="tabs" aria-label={t('states')}>
          {SHOWN.map((one) => (
            <Link
              key={one}
              className="tab"
              to={one === 'pending' ? pathname : `${pathname}?show=${one}`}
              aria-current={one === show ? 'page' : undefined}
            >
              {one === 'all' ? t('all') : t(`state_${one}`)}
            </Link>
          ))}
        </nav>
        <ResourceList
          key={show}
          operation="listClientRegistrations"
          request={{ path: { tenant }, ...(show !== 'all' && { query: { state: show } }) }}
          label={t('title')}
          rowKey={({ id }) => id}
          rowName={({ client_name: name, client_id: id }) => name ?? id}
          columns={[
            {
              id: 'name',
              label: t('name'),
              isPrimary: true,
              cell: ({ id, client_id: client, client_name: name }) => (
                <Link className="row-link" to={at('reviews', id)}>
                  <bdi>{name ?? client}</bdi>
                </Link>
              ),
            },
            { id: 'client_id', label: t('client_id'), cell: ({ client_id: client }) => <code>{client}</code> },
            { id: 'state', label: t('state'), cell: ({ state }) => <ReviewState state={state} /> },
            {
              id: 'what',
              label: t('what'),
              cell: ({ registered, state }) =>
                state === 'pending' || state === 'draft' ? (
                  t(registered ? 'is_change' : 'is_new')
                ) : (
                  <span className="soft">–</span>
                ),
            },
            { id: 'submitted', label: t('submitted'), cell: ({ submitted_at: when }) => <Time value={when} /> },
            { id: 'updated', label: t('updated'), cell: ({ updated_at: when }) => <Time value={when} /> },
          ]}
          empty={{
            icon: 'review',
            title: show === 'pending' ? t('empty_pending') : t('empty'),
            text: t(show === 'pending' || show === 'all' ? 'empty_text' : 'empty_state_text'),
          }}
          cli={['client-registrations', 'list', tenant, ...(show === 'all' ? [] : ['--state', show])]}
        />
      </div>
    </>
  );
}
