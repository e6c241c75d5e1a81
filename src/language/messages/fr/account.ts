import type { account as en } from '../en/account.js';
import type { Translation } from '../texts.js';

export const account: Translation<typeof en> = {
  'notice.accessWithdrawn.title': 'Accès retiré',
  'notice.accessWithdrawn.text': 'L’application ne peut plus utiliser votre compte.',
  'notice.passwordChanged.title': 'Votre mot de passe a été modifié',
  'notice.passwordChanged.text': 'Vous restez connecté(e) ici. Vous avez été déconnecté(e) partout ailleurs.',
  'notice.sessionsEnded.title': 'Vous y avez été déconnecté(e)',
  'notice.sessionsEnded.text':
    'Les applications qui utilisaient votre compte par cette session devront à nouveau vous demander l’accès.',

  'account.title': 'Votre compte',
  'account.signedInAs': 'Connecté(e) en tant que {name}',
  'account.signOut': 'Se déconnecter',
  'account.switch': 'Utiliser un autre compte',
  'account.console': 'Console',
  'account.applications': 'Applications ayant accès',
  'account.applicationsText':
    'Vous avez autorisé ces applications à utiliser votre compte. Vous pouvez retirer cet accès à tout moment.',
  'account.none': 'Aucune application n’a accès à votre compte.',
  'account.noneText': 'Lorsque vous autorisez une application à utiliser votre compte, elle apparaît ici.',
  'account.allowedOn': 'Autorisée le {date, date, day}',
  'account.withdraw': 'Retirer l’accès',
  'account.withdrawFrom': 'Retirer l’accès de {client}',
  'account.changePassword': 'Modifier votre mot de passe',
  'account.places': 'Où vous êtes connecté(e)',
  'account.placesText':
    'Si vous ne reconnaissez pas l’une de ces sessions, déconnectez-la et modifiez votre mot de passe.',
  'account.thisBrowser': 'Ce navigateur',
  'account.device': '{browser} sur {system}',
  'account.deviceUnknown': 'Navigateur inconnu',
  'account.signedInAt': 'Connexion le {date, date, moment}',
  'account.lastSeenAt': 'Dernière utilisation le {date, date, moment}',
  'account.endSession': 'Déconnecter',
  'account.endSessionOf': 'Déconnecter {device}',
  'account.endOthers': 'Se déconnecter partout ailleurs',
  'account.overview': 'Vue d’ensemble',
  'account.security': 'Sécurité',
  'account.securityText': 'Comment vous prouvez votre identité.',
  'account.attention': 'Ceci requiert votre attention',
  'account.placesCount': '{count, plural, one {Connecté(e) ici uniquement.} other {Connecté(e) dans # navigateurs.}}',
  'account.applicationsCount':
    '{count, plural, =0 {Aucune application n’a accès.} one {Une application a accès.} other {# applications ont accès.}}',
  'account.passwordText': 'Le mot de passe actuel vous sera demandé.',
};
