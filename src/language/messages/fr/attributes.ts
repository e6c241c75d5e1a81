import type { attributes as en } from '../en/attributes.js';
import type { Texts } from '../texts.js';

export const attributes: Texts<typeof en> = {
  'attributes.title': 'Complétez votre profil',
  'attributes.text': '{tenant} demande ces informations à {username} avant de continuer.',
  'attributes.submit': 'Enregistrer et continuer',
  'attributes.leave': 'Pas maintenant',
  'attributes.missing': 'Complétez votre profil',
  'attributes.choose': 'Veuillez choisir',
  'attributes.yes': 'Oui',
  'attributes.no': 'Non',
  'attributes.lines': 'Une entrée par ligne.',
  'profile.fault.missing': 'Cette information est nécessaire.',
  'profile.fault.not_a_number': 'Ce n’est pas un nombre.',
  'profile.fault.not_a_choice': 'Veuillez choisir parmi les réponses proposées.',
  'profile.fault.too_many': 'Il y a trop d’entrées.',
};
