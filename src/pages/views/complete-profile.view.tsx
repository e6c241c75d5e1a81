import type { MessageSet } from '../../language/messages.js';
import type { CompleteProfilePage } from '../attribute-content.js';
import { displayName } from '../look/display-text.js';
import { AttributeField } from './attribute-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';

interface CompleteProfileProps {
  readonly view: CompleteProfilePage;
  readonly messages: MessageSet;
}

/** The tenant requires something of its users that this one did not tell yet. */
export function CompleteProfileView({ view, messages }: CompleteProfileProps) {
  const { context, inputs, username } = view;
  const title = messages.text('attributes.title');
  const hasFaults = inputs.some(({ fault }) => fault !== undefined);
  return (
    <Layout context={context} messages={messages} title={title} isError={hasFaults}>
      <h1>{title}</h1>
      <p class="lead">
        {messages.rich('attributes.text', {
          username: <Name of={username} />,
          tenant: <Name of={displayName(context.tenant.displayName)} />,
        })}
      </p>
      {hasFaults && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('signUp.failed')}
          text={messages.text('signUp.failedText')}
        />
      )}
      <Form target={view} id="profile-form" class="stack">
        {inputs.map((field) => (
          <AttributeField field={field} messages={messages} />
        ))}
        <div class="decision">
          <button id="profile-leave" class="button" type="submit" name="decision" value="leave" formNoValidate>
            {messages.text('attributes.leave')}
          </button>
          <button id="profile-save" class="button primary" type="submit" name="decision" value="save">
            {messages.text('attributes.submit')}
          </button>
        </div>
      </Form>
    </Layout>
  );
}
