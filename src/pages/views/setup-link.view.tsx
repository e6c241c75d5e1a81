import type { MessageSet } from '../../language/messages.js';
import type { SetupLinkEndedPage, SetupLinkPage } from '../setup-link-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface SetupLinkProps<Page> {
  readonly view: Page;
  readonly messages: MessageSet;
}

/** Mail scanners open links, so opening one changes nothing. */
export function SetupLinkView({ view, messages }: SetupLinkProps<SetupLinkPage>) {
  const { context, maker, purposes, until, isSingleUse } = view;
  const { displayName } = context.tenant;
  const names = { maker: <Name of={maker} />, tenant: <Name of={displayName} /> };
  return (
    <Layout context={context} messages={messages} title={messages.text('setupLink.title', { tenant: displayName })}>
      <h1>{messages.rich('setupLink.title', { tenant: <Name of={displayName} /> })}</h1>
      <p class="lead">{messages.rich('setupLink.text', names)}</p>
      <ul class="scopes">
        {purposes.map((purpose) => (
          <li>{messages.text(`setupLink.purpose.${purpose}`)}</li>
        ))}
      </ul>
      <p>
        {messages.text('setupLink.until', { until })}{' '}
        {messages.text(isSingleUse ? 'setupLink.once' : 'setupLink.again')}
      </p>
      <p>{messages.text('setupLink.account')}</p>
      <Form target={view} id="setup-form" class="stack">
        <button id="setup-begin" class="button primary" type="submit">
          {messages.text('setupLink.submit')}
        </button>
      </Form>
    </Layout>
  );
}

/** Says why it does not work. Whoever has a link has no account to go on to. */
export function SetupLinkEndedView({ view, messages }: SetupLinkProps<SetupLinkEndedPage>) {
  const { context, reason } = view;
  const title = messages.text('setupLink.ended');
  return (
    <Layout context={context} messages={messages} title={title} isError>
      <h1>{title}</h1>
      <p class="lead" id="setup-ended" data-reason={reason}>
        {messages.text(`setupLink.${reason}`)}
      </p>
    </Layout>
  );
}
