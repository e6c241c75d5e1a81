import type { consent as en } from '../en/consent.js';
import type { Translation } from '../texts.js';

export const consent: Translation<typeof en> = {
  'consent.title': 'Autoriser l’accès de {client} ?',
  'consent.heading': '{client} souhaite accéder à votre compte {tenant}',
  'consent.headingMore': '{client} demande des autorisations supplémentaires pour votre compte {tenant}',
  'consent.firstParty': 'Une application de {tenant}',
  'consent.verified': 'Approuvée par {tenant}',
  'consent.unreviewed': 'Non vérifiée par {tenant}',
  'consent.optional': 'facultatif',
  'consent.optionalHint': 'Ce qui est facultatif dépend de vous. Décochez ce que vous ne souhaitez pas autoriser.',
  'consent.unverified': 'Non approuvée par {tenant}',
  'consent.unverifiedHint':
    'N’autorisez l’accès que si vous connaissez l’application et avez vous-même lancé cette opération.',
  'consent.signedInAs': 'Connecté(e) en tant que {name}',
  'consent.switchAccount': 'Ce n’est pas vous ?',
  'consent.scopes': 'Si vous autorisez l’accès, l’application pourra :',
  'consent.account': 'Votre compte',
  'consent.new': 'Nouveau',
  'consent.alreadyAllowed': 'Déjà autorisé',
  'consent.otherScope': 'Utiliser l’autorisation {scope}',
  'consent.withdraw': 'Vous pouvez retirer cet accès à tout moment dans <account>votre compte</account>.',
  'consent.withdrawPlain': 'Vous pouvez retirer cet accès à tout moment dans votre compte.',
  'consent.privacy': 'Règles de confidentialité de l’application',
  'consent.terms': 'Conditions d’utilisation de l’application',
  'consent.return': 'Vous reviendrez ensuite sur {host}.',
  'consent.approve': 'Autoriser',
  'consent.deny': 'Refuser',

  'scope.openid': 'Vous reconnaître lorsque vous revenez',
  'scope.profile': 'Voir votre profil : nom, photo, date de naissance, langue et informations similaires',
  'scope.email': 'Voir votre adresse e-mail et si elle est confirmée',
  'scope.address': 'Voir votre adresse postale',
  'scope.phone': 'Voir votre numéro de téléphone et s’il est confirmé',
  'scope.groups': 'Voir les groupes dont vous faites partie',
  'scope.offline_access': 'Conserver cet accès en votre absence, jusqu’à ce que vous le retiriez',
};
