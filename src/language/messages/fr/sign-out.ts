import type { signOut as en } from '../en/sign-out.js';
import type { Translation } from '../texts.js';

export const signOut: Translation<typeof en> = {
  'signOut.title': 'Se déconnecter ?',
  'signOut.heading': 'Se déconnecter de {tenant} ?',
  'signOut.byClient': '{client} demande à vous déconnecter.',
  'signOut.signedInAs': 'Vous êtes connecté(e) en tant que {name}.',
  'signOut.text':
    'Votre session dans ce navigateur prendra fin. Les applications auxquelles vous vous êtes connecté(e) peuvent vous garder connecté(e) jusqu’à ce que vous vous y déconnectiez.',
  'signOut.confirm': 'Se déconnecter',
  'signOut.stay': 'Rester connecté(e)',

  'signedOut.title': 'Vous êtes déconnecté(e)',
  'signedOut.text': 'Votre session chez {tenant} est terminée dans ce navigateur.',
  'signedOut.shared':
    'Si d’autres personnes utilisent cet appareil, veuillez aussi vous déconnecter des applications utilisées et fermer la fenêtre du navigateur.',
  'signedOut.applications': 'Applications',
  'signedOut.notified': 'Déconnecté(e)',
  'signedOut.failed': 'Non jointe – veuillez vous y déconnecter vous-même',
  'signedOut.signInAgain': 'Se reconnecter',
};
