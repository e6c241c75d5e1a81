import type { attributes as en } from '../en/attributes.js';
import type { Texts } from '../texts.js';

export const attributes: Texts<typeof en> = {
  'attributes.title': 'Vervollständigen Sie Ihr Profil',
  'attributes.text': '{tenant} braucht diese Angaben von {username}, bevor es weitergeht.',
  'attributes.submit': 'Speichern und weiter',
  'attributes.leave': 'Nicht jetzt',
  'attributes.missing': 'Vervollständigen Sie Ihr Profil',
  'attributes.choose': 'Bitte wählen',
  'attributes.yes': 'Ja',
  'attributes.no': 'Nein',
  'attributes.lines': 'Ein Eintrag pro Zeile.',
  'profile.fault.missing': 'Diese Angabe ist nötig.',
  'profile.fault.not_a_number': 'Das ist keine Zahl.',
  'profile.fault.not_a_choice': 'Bitte wählen Sie aus, was angeboten wird.',
  'profile.fault.too_many': 'Das sind zu viele Einträge.',
};
