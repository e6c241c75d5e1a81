import type { passkeys as en } from '../en/passkeys.js';
import type { Translation } from '../texts.js';

export const passkeys: Translation<typeof en> = {
  'signIn.or': 'ou',
  'signIn.passkey': 'Se connecter avec une clé d’accès',
  'activity.passkey.added': 'Clé d’accès ajoutée',
  'activity.passkey.renamed': 'Clé d’accès renommée',
  'activity.passkey.removed': 'Clé d’accès supprimée',
  'activity.passkey.counter_rolled_back': 'Clé d’accès refusée : elle a peut-être été copiée',
  'notice.passkeyExpired.title': 'Cela a pris trop de temps',
  'notice.passkeyExpired.text': 'Veuillez réessayer ou vous connecter avec votre mot de passe.',
  'notice.passkeyUnknown.title': 'Cette clé d’accès n’est pas connue ici',
  'notice.passkeyUnknown.text':
    'Elle a peut-être été supprimée, ou appartient à une autre organisation ou adresse. Veuillez utiliser une autre clé d’accès ou votre mot de passe.',
  'notice.passkeyRefused.title': 'La clé d’accès n’a pas été acceptée',
  'notice.passkeyRefused.text': 'Veuillez réessayer ou vous connecter avec votre mot de passe.',
  'notice.passkeyOff.title': 'Les clés d’accès ne peuvent pas être utilisées ici',
  'notice.passkeyOff.text': 'Veuillez vous connecter avec votre mot de passe.',
  'notice.passkeyAdded.title': 'Clé d’accès ajoutée',
  'notice.passkeyAdded.text': 'Vous pouvez désormais l’utiliser pour confirmer votre identité.',
  'notice.passkeyRenamed.title': 'Clé d’accès renommée',
  'notice.passkeyRenamed.text': 'Le nouveau nom figure dans la liste.',
  'notice.passkeyRemoved.title': 'Clé d’accès supprimée',
  'notice.passkeyRemoved.text':
    'Elle ne peut plus être utilisée ici. Si votre appareil la propose encore, vous pouvez l’effacer dans les réglages de l’appareil.',
  'passkey.cancelled.title': 'Aucune clé d’accès n’a été utilisée',
  'passkey.cancelled.text': 'Rien n’a été choisi, ou le délai est écoulé. Vous pouvez réessayer.',
  'passkey.failed.title': 'Cela n’a pas fonctionné',
  'passkey.failed.text': 'Veuillez recharger la page ou utiliser un autre moyen.',
  'passkey.exists.title': 'Cet appareil a déjà une clé d’accès pour vous',
  'passkey.exists.text':
    'Vous pouvez l’utiliser telle quelle. Pour en ajouter une autre, choisissez un autre appareil.',
  'passkeys.title': 'Clés d’accès',
  'passkeys.text':
    'Avec une clé d’accès, vous confirmez votre identité en déverrouillant votre appareil par empreinte digitale, visage ou code. Personne ne peut la deviner et aucun autre site ne peut la demander.',
  'passkeys.count':
    '{count, plural, =0 {Aucune clé d’accès} one {# clé d’accès} many {# clés d’accès} other {# clés d’accès}}',
  'passkeys.none': 'Vous n’avez pas encore de clé d’accès.',
  'passkeys.noneText':
    'Ajoutez-en une sur chaque appareil que vous utilisez, ou une que votre gestionnaire de mots de passe conserve pour tous.',
  'passkeys.addedOn': 'Ajoutée le {date, date, day}',
  'passkeys.lastUsedOn': 'Dernière utilisation le {date, date, moment}',
  'passkeys.neverUsed': 'Pas encore utilisée',
  'passkeys.synced': 'Sur plusieurs appareils',
  'passkeys.elsewhere': 'Fonctionne uniquement sur {host}',
  'passkeys.rename': 'Renommer',
  'passkeys.renameOf': 'Renommer {name}',
  'passkeys.name': 'Nom',
  'passkeys.save': 'Enregistrer',
  'passkeys.remove': 'Supprimer',
  'passkeys.removeOf': 'Supprimer {name}',
  'passkeys.add': 'Ajouter une clé d’accès',
  'passkeys.needsScript':
    'Pour ajouter une clé d’accès, veuillez utiliser un navigateur qui les prend en charge, avec JavaScript activé.',
  'passkeys.refused.expired': 'Cela a pris trop de temps. Veuillez réessayer.',
  'passkeys.refused.refused':
    'La clé d’accès de cet appareil n’a pas été acceptée. Veuillez réessayer ou utiliser un autre appareil.',
  'passkeys.refused.already_added': 'Cette clé d’accès a déjà été ajoutée.',
  'passkeys.refused.too_many':
    'Vous avez atteint le nombre maximal de clés d’accès. Veuillez d’abord en supprimer une.',
  'passkeys.refused.off': 'Il n’est pas possible d’ajouter des clés d’accès ici.',
  'passkeys.refused.bad_name': 'Veuillez saisir un nom d’au plus 60 caractères visibles.',
  'passkeys.refused.title': 'Rien n’a été modifié',
};
