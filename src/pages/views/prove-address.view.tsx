import type { MessageSet } from '../../language/messages.js';
import { displayName } from '../look/display-text.js';
import type { ProveAddressPage } from '../sign-up-content.js';
import { AccountFieldInput } from './account-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { NotYou } from './other-ways.js';

interface ProveProps {
  readonly view: ProveAddressPage;
  readonly messages: MessageSet;
}

/** Sending a mail is up to the person: opening a page sends none. */
export function ProveAddressView({ view, messages }: ProveProps) {
  const { context, address, field } = view;
  const tenant = displayName(context.tenant.displayName);
  const title = messages.text('verify.title');
  return (
    <Layout context={context} messages={messages} title={title} isError={field?.fault !== undefined}>
      <h1>{title}</h1>
      <p class="lead">
        {address === undefined
          ? messages.text('verify.ask', { tenant })
          : messages.rich('verify.text', { tenant, address: <Name of={address} /> })}
      </p>
      <Form target={view} id="prove-form" class="stack">
        {field !== undefined && <AccountFieldInput field={field} messages={messages} takesFocus />}
        <button id="prove-submit" class="button primary" type="submit">
          {messages.text('verify.send')}
        </button>
      </Form>
      <NotYou target={view.switchAccount} messages={messages} />
    </Layout>
  );
}
