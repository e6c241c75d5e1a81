import { useParams } from '@tanstack/react-router';
import type { Schema } from '../../api/operation.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { RedirectTester } from '../applications/redirect-tester.js';
import { Actor } from '../audit/event-parties.js';
import { Owners } from './owners.js';
import { ReviewActions } from './review-actions.js';
import { ReviewChanges } from './review-changes.js';
import { ReviewState } from './review-state.js';
import { ReviewSnippets } from './review-snippets.js';
import { texts } from './texts.js';

export function ReviewPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { registration = '' }: { readonly registration?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      key={registration}
      operation="getClientRegistration"
      request={{ path: { tenant, registration_id: registration } }}
      crumbs={[{ label: t('title'), to: at('reviews') }]}
      head={(body) => ({
        title: body.client_name ?? body.client_id,
        badges: <ReviewState state={body.state} />,
        actions: body.registered && (
          <ActionButton variant="default" to={at('applications', body.client_id)}>
            {t('to_application')}
          </ActionButton>
        ),
      })}
      troubles={(body) => [
        body.state === 'pending' && {
          tone: 'plain',
          title: t(body.registered ? 'pending_change' : 'pending_new'),
          text: t('pending_text'),
        },
        body.suspended && { tone: 'danger', title: t('suspended_title'), text: body.reason ?? t('suspended_text') },
        body.state === 'rejected' && { tone: 'warn', title: t('rejected_title'), text: body.reason },
        body.owners.length === 0 && { tone: 'warn', title: t('ownerless'), text: t('ownerless_text') },
      ]}
      tabs={[
        {
          id: 'review',
          label: t('review'),
          content: ({ body, etag }) => (
            <>
              <ReviewActions registration={body} etag={etag} />
              {(body.proposal !== null || body.changes.length > 0) && <ReviewChanges registration={body} />}
              <Story registration={body} />
            </>
          ),
        },
        { id: 'owners', label: t('owners'), content: ({ body }) => <Owners registration={body} /> },
        {
          id: 'connect',
          label: t('connect'),
          content: ({ body }) => (
            <>
              <RedirectTester of={{ registration: body.id }} />
              <ReviewSnippets registration={body} />
            </>
          ),
        },
      ]}
    />
  );
}

/** Who did what with it, and when. */
function Story({ registration }: { readonly registration: Schema<'ClientRegistration'> }) {
  const t = useTexts(texts);
  const { submitted_at: submitted, decided_at: decided, decided_by: by, submitted_by: from } = registration;
  return (
    <Panel title={t('story')}>
      <Facts
        facts={[
          [t('client_id'), <code key="client">{registration.client_id}</code>],
          [t('created'), <Time key="created" value={registration.created_at} />],
          submitted !== null && [
            t('submitted'),
            <span key="submitted">
              <Time value={submitted} /> {from !== null && <Actor actor={from} />}
            </span>,
          ],
          decided !== null && [
            t('decided'),
            <span key="decided">
              <Time value={decided} /> {by !== null && <Actor actor={by} />}
            </span>,
          ],
          registration.reason !== null && [t('reason'), registration.reason],
        ]}
      />
    </Panel>
  );
}
