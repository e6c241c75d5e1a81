import type { MessageSet } from '../../language/messages.js';
import type { WayBack } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { Form } from './form.js';
import { Name } from './name.js';

interface WayBackProps {
  readonly back: WayBack | undefined;
  readonly messages: MessageSet;
  readonly isPrimary?: boolean;
}

/** A link back to the application, on every page where the client registered one. */
export function WayBackButton({ back, messages, isPrimary }: WayBackProps) {
  const href = webAddress(back?.href);
  if (back === undefined || href === undefined) return null;
  const look = isPrimary ? 'button primary' : 'button';
  const label =
    back.clientName === undefined
      ? messages.text('error.backToStart')
      : messages.rich('back.toClient', {
          client: <Name of={back.clientName} fallback={messages.text('client.unnamed')} />,
        });
  if (back.fields === undefined) {
    return (
      <a class={look} href={href}>
        <span>{label}</span>
      </a>
    );
  }
  return (
    <Form target={{ action: href, hidden: back.fields }}>
      <button class={look} type="submit">
        <span>{label}</span>
      </button>
    </Form>
  );
}
