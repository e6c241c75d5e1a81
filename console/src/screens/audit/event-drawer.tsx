import { Drawer } from '@mantine/core';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../api/api.js';
import type { AnswerOf, Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { CodeBlock } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time, exactTime } from '../../design/time.js';
import { Link } from '../../shell/link.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { useUrlState } from '../../shell/url-state.js';
import { useLanguage, useSharedTexts, useTexts } from '../../texts/texts.js';
import { Difference, textOf } from './difference.js';
import { texts } from './texts.js';

interface EventDrawerProps {
  readonly tenant: string;
  readonly id: string;
  /** Events that are in no list, as the live ones. */
  readonly among?: readonly Schema<'AuditEvent'>[];
  readonly onClose: () => void;
}

/** One event, whole. The API has no address for one, so it is taken from the list that it was seen in. */
export function EventDrawer({ tenant, id, among, onClose }: EventDrawerProps) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const queries = useQueryClient();
  const isLoading = useIsFetching({ queryKey: ['listAuditEvents'] }) > 0;
  const lists = queries.getQueriesData<Answer<AnswerOf<'listAuditEvents'>>>({ queryKey: ['listAuditEvents'] });
  const event = [...(among ?? []), ...lists.flatMap(([, list]) => list?.body.data ?? [])].find((one) => one.id === id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={<strong>{event?.type ?? t('event')}</strong>}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      {event ? <Event tenant={tenant} event={event} /> : <p>{isLoading ? shared('app.loading') : t('not_on_page')}</p>}
    </Drawer>
  );
}

function Event({ tenant, event }: { readonly tenant: string; readonly event: Schema<'AuditEvent'> }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const placeOf = usePlaceOf();
  const { data: types } = useRead('listEventTypes', { path: { tenant } });
  const kind = types?.body.data.find(({ type }) => type === event.type);
  const { before, after, changed: _, ...details } = event.details ?? {};
  const isChange = before !== undefined || after !== undefined;
  const linked = (value: string | null, place: string | undefined) =>
    value !== null &&
    (place === undefined ? (
      <code>{value}</code>
    ) : (
      <Link to={place}>
        <code>{value}</code>
      </Link>
    ));
  const narrowed = (member: string, value: string) => <Narrow member={member} value={value} />;
  return (
    <div className="stack">
      {kind && <p lang="en">{kind.description}</p>}
      <Facts
        facts={[
          [
            t('outcome'),
            <StateBadge key="outcome" tone={event.outcome === 'success' ? 'good' : 'danger'}>
              {t(event.outcome)}
            </StateBadge>,
          ],
          [
            t('when'),
            <span key="when">
              {exactTime(new Date(event.occurred_at), language)} (<Time value={event.occurred_at} />)
            </span>,
          ],
          event.actor !== null && [t('actor'), <code key="actor">{event.actor}</code>],
          event.user_id !== null && [
            t('user'),
            <span key="user">
              {linked(event.user_id, placeOf('users', event.user_id))} {narrowed('user_id', event.user_id)}
            </span>,
          ],
          event.client_id !== null && [
            t('client'),
            <span key="client">
              {linked(event.client_id, placeOf('applications', event.client_id))}{' '}
              {narrowed('client_id', event.client_id)}
            </span>,
          ],
          event.target !== null && [t('target'), <code key="target">{event.target}</code>],
          event.address !== null && [
            t('address'),
            <span key="address">
              <code>{event.address}</code> {narrowed('address', event.address)}
            </span>,
          ],
          event.request_id !== null && [
            t('request_id'),
            <span key="request">
              <code>{event.request_id}</code> {narrowed('request_id', event.request_id)}
            </span>,
          ],
          [t('id'), <code key="id">{event.id}</code>],
        ]}
      />
      {isChange && (
        <Panel title={t(before === undefined ? 'made' : after === undefined ? 'removed' : 'changes')}>
          <Difference before={before} after={after} />
        </Panel>
      )}
      {Object.keys(details).length > 0 && (
        <Panel title={t('details')}>
          <Facts
            facts={Object.entries(details).map(
              ([name, value]) =>
                [
                  name,
                  <span key={name}>
                    <code>{textOf(value)}</code>
                    {kind?.details[name] !== undefined && (
                      <span className="row-sub">{kind.details[name].replaceAll('`', '')}</span>
                    )}
                  </span>,
                ] as const,
            )}
          />
        </Panel>
      )}
      <details>
        <summary>{t('as_json')}</summary>
        <CodeBlock text={JSON.stringify(event, null, 2)} what={t('as_json')} />
      </details>
    </div>
  );
}

/** The list of what has the same value. */
function Narrow({ member, value }: { readonly member: string; readonly value: string }) {
  const t = useTexts(texts);
  const [, setUrl] = useUrlState();
  return (
    <button
      type="button"
      className="link-button"
      onClick={() => setUrl({ [member]: value, event: undefined, after: undefined })}
    >
      {t('narrow')}
    </button>
  );
}
