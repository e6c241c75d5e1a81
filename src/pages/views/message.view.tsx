import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { MessagePage } from '../sign-up-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface MessageProps {
  readonly view: MessagePage;
  readonly messages: MessageSet;
}

/** Says what became of something. It always leads on. */
export function MessageView({ view, messages }: MessageProps) {
  const { context, reason, isRefusal, form, actions } = view;
  const title = messages.text(`message.${reason}.title`);
  const hasTenant = reason === 'signUpClosed' || reason === 'byInvitation' || reason === 'accountsFull';
  return (
    <Layout context={context} messages={messages} title={title} isError={isRefusal}>
      <div id="message" data-message={reason}>
        <h1>{title}</h1>
        <p class="lead">
          {hasTenant
            ? messages.rich(`message.${reason}.text`, { tenant: <Name of={context.tenant.displayName} /> })
            : messages.text(`message.${reason}.text`)}
        </p>
        <div class="actions">
          {form !== undefined && (
            <Form target={form}>
              <button id="message-go-on" class="button primary" type="submit">
                {messages.text('message.goOn')}
              </button>
            </Form>
          )}
          {actions.map(({ kind, href }, index) => (
            <a class={index === 0 && form === undefined ? 'button primary' : 'button'} href={webAddress(href)}>
              {messages.text(`message.${kind}`)}
            </a>
          ))}
        </div>
      </div>
    </Layout>
  );
}
