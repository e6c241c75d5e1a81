import { type Locale, loadMessages } from '../../language/messages.js';
import { authenticatorName } from '../../passkeys/authenticator-names.js';
import type { PageRequest } from '../browser/current-browser.js';
import { deviceName } from '../look/device-name.js';

/** What a new passkey is called until its owner renames it: by its provider, or by the browser it was added in. */
export async function passkeyNaming(request: PageRequest, locale: Locale): Promise<(aaguid: string) => string> {
  const device = deviceName(request.headers['user-agent'], await loadMessages(locale));
  return (aaguid) => authenticatorName(aaguid) ?? device;
}
