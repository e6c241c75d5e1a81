import type { MessageSet } from '../../language/messages.js';
import type { ConfirmAddressPage } from '../sign-up-content.js';
import { AccountFieldInput } from './account-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';

interface ConfirmProps {
  readonly view: ConfirmAddressPage;
  readonly messages: MessageSet;
}

/** Mail scanners open links, so opening one changes nothing. */
export function ConfirmAddressView({ view, messages }: ConfirmProps) {
  const { context, kind, address, isOwn, username } = view;
  const title = messages.text(`confirm.${kind}.title`);
  const names = { address: <Name of={address} />, tenant: <Name of={context.tenant.displayName} /> };
  return (
    <Layout context={context} messages={messages} title={title} isError={username !== undefined}>
      <h1>{title}</h1>
      <p class="lead">{messages.rich(`confirm.${kind}.text`, names)}</p>
      {!isOwn && <p>{messages.text(`confirm.${kind}.other`)}</p>}
      {username !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('code.usernameTaken')}
          text={messages.text('code.usernameTakenText')}
        />
      )}
      <Form target={view} id="confirm-form" class="stack">
        {username !== undefined && <AccountFieldInput field={username} messages={messages} />}
        <button id="confirm-submit" class="button primary" type="submit">
          {messages.text(`confirm.${kind}.submit`)}
        </button>
      </Form>
    </Layout>
  );
}
