import { useQuery } from '@tanstack/react-query';
import { type Api, useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { EmptyState, Panel, SkeletonLines } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { Owners } from '../reviews/owners.js';
import { texts } from './texts.js';

const PAGE_SIZE = 200;
const MOST_PAGES = 10;

/** The developers who look after the application, if a developer registered it. */
export function ApplicationOwners({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const api = useApi();
  const { tenant, at } = useTenant();
  const clientId = client.client_id;
  const found = useQuery({
    queryKey: ['registration of client', tenant, clientId],
    queryFn: ({ signal }) => findRegistration(api, { tenant, clientId }, signal),
  });
  const id = found.data ?? undefined;
  const path = { tenant, registration_id: id ?? '-' };
  const registration = useRead('getClientRegistration', { path }, { enabled: id !== undefined });
  const error = found.error ?? registration.error;
  if (error) return <ProblemNotice error={error} onRetry={() => void found.refetch()} />;
  if (found.data === null) {
    return (
      <Panel>
        <EmptyState icon="user" title={t('owners_none')} text={t('owners_none_text')} />
      </Panel>
    );
  }
  if (!registration.data) return <SkeletonLines label={shared('app.loading')} />;
  return (
    <>
      <Owners registration={registration.data.body} />
      <div>
        <ActionButton variant="default" to={at('reviews', registration.data.body.id)}>
          {t('to_review')}
        </ActionButton>
      </div>
    </>
  );
}

/** The API finds registrations by their own id alone, so the newest of the list are looked through. Null: there is none. */
async function findRegistration(
  api: Api,
  { tenant, clientId }: { readonly tenant: string; readonly clientId: string },
  signal: AbortSignal,
): Promise<string | null> {
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = { limit: PAGE_SIZE, ...(after !== undefined && { after }) };
    const { body } = await api.call('listClientRegistrations', { path: { tenant }, query }, signal);
    const found = body.data.find(({ client_id: id }) => id === clientId);
    if (found) return found.id;
    if (!body.page.has_more || body.page.next === null) return null;
    after = body.page.next;
  }
  return null;
}
