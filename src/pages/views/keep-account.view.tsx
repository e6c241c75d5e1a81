import type { MessageSet } from '../../language/messages.js';
import type { KeepAccountPage } from '../account-content.js';
import { displayName } from '../look/display-text.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface KeepAccountProps {
  readonly view: KeepAccountPage;
  readonly messages: MessageSet;
}

/** The person asked for the deletion of the account, and wants to use an application. */
export function KeepAccountView({ view, messages }: KeepAccountProps) {
  const { context, date, username } = view;
  const title = messages.text('keep.title');
  const tenant = displayName(context.tenant.displayName);
  return (
    <Layout context={context} messages={messages} title={title}>
      <h1>{title}</h1>
      <p class="lead">
        {messages.rich('keep.text', { username: <Name of={username} />, tenant: <Name of={tenant} /> })}
      </p>
      <p class="warn">{messages.text('data.attention', { date })}</p>
      <p class="soft">{messages.text('keep.choice')}</p>
      <Form target={view} id="keep-form">
        <div class="decision">
          <button id="keep-leave" class="button" type="submit" name="decision" value="leave">
            {messages.text('keep.leave')}
          </button>
          <button id="keep-account" class="button primary" type="submit" name="decision" value="keep">
            {messages.text('data.keep')}
          </button>
        </div>
      </Form>
    </Layout>
  );
}
