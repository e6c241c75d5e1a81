import type { MessageSet } from '../../language/messages.js';
import type { TenantNotFoundPage } from '../page-content.js';
import { Layout } from './layout.js';

interface TenantNotFoundProps {
  readonly view: TenantNotFoundPage;
  readonly messages: MessageSet;
}

/** The same for a tenant that never was and one that is suspended, so that nobody can tell them apart. */
export function TenantNotFoundView({ view, messages }: TenantNotFoundProps) {
  return (
    <Layout context={view.context} messages={messages} title={messages.text('notFound.title')} isError>
      <div id="error-page" data-error="invalid_request">
        <h1>{messages.text('notFound.title')}</h1>
        <p class="lead">{messages.text('notFound.text')}</p>
      </div>
    </Layout>
  );
}
