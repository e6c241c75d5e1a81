import { avatarTone, initialOf } from '../look/avatar.js';
import { displayName } from '../look/display-text.js';
import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';

interface AvatarProps {
  readonly name: string;
  readonly logoPath?: string | undefined;
  readonly messages: MessageSet;
}

/** An application's picture, or its initial. The name always stands beside it, so both are decoration. */
export function Avatar({ name, logoPath, messages }: AvatarProps) {
  const shown = displayName(name);
  const logo = webAddress(logoPath);
  if (logo !== undefined) return <img class="avatar" src={logo} alt="" width="44" height="44" />;
  return (
    <span class={`avatar tone-${avatarTone(shown)}`} aria-hidden="true">
      {initialOf(shown, messages.locale)}
    </span>
  );
}
