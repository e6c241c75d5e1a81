import type { MessageSet } from '../messages.js';
import type { WayBack } from '../page.js';
import { webAddress } from '../web-address.js';
import { Name } from './name.js';

interface WayBackLinkProps {
  readonly back: WayBack | undefined;
  readonly messages: MessageSet;
  readonly isPrimary?: boolean;
}

/** A page never is a dead end if somebody registered where to go from it. */
export function WayBackLink({ back, messages, isPrimary }: WayBackLinkProps) {
  const href = webAddress(back?.href);
  if (back === undefined || href === undefined) return null;
  return (
    <a class={isPrimary ? 'button primary' : 'button'} href={href}>
      {back.clientName === undefined
        ? messages.text('error.backToStart')
        : messages.rich('back.toClient', {
            client: <Name of={back.clientName} fallback={messages.text('client.unnamed')} />,
          })}
    </a>
  );
}
