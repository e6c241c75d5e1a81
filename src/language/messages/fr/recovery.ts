import type { recovery as en } from '../en/recovery.js';
import type { Translation } from '../texts.js';

export const recovery: Translation<typeof en> = {
  'recovery.forgot.title': 'Mot de passe oublié ?',
  'recovery.forgot.text':
    'Dites-nous qui vous êtes. S’il existe un compte avec une adresse e-mail confirmée, nous envoyons un lien et un code à cette adresse.',
  'recovery.forgot.identifier': 'Nom d’utilisateur ou adresse e-mail',
  'recovery.forgot.submit': 'Envoyer',
  'recovery.forgot.username': 'Nom d’utilisateur oublié ?',
  'recovery.toSignIn': 'Retour à la connexion',

  'recovery.sent.title': 'Consultez votre messagerie',
  'recovery.sent.text':
    'S’il existe un compte avec une adresse e-mail confirmée, un message avec un lien et un code est en route. Les deux sont valables {minutes, plural, one {# minute} other {# minutes}}.',
  'recovery.sent.link': 'Le lien fonctionne sur tout appareil, le code seulement dans ce navigateur.',
  'recovery.sent.code': 'Code du message',
  'recovery.sent.submit': 'Continuer',
  'recovery.sent.none':
    'Rien reçu ? Regardez aussi parmi les messages indésirables. Seul le message le plus récent est valable, et après plusieurs envois nous attendons un moment avant le suivant.',
  'recovery.sent.again': 'Demander un autre message',

  'recovery.reset.title': 'Choisir un nouveau mot de passe',
  'recovery.reset.account': 'Pour le compte {name}',
  'recovery.reset.endSessions': 'Me déconnecter partout',
  'recovery.reset.endSessionsHint':
    'Recommandé si quelqu’un d’autre peut connaître votre mot de passe. Les applications devront vous redemander l’accès.',
  'recovery.reset.submit': 'Enregistrer le nouveau mot de passe',
  'recovery.reset.fields_required': 'Veuillez remplir les deux champs.',

  'recovery.gone.title': 'Ce lien n’est plus valable',
  'recovery.gone.text':
    'Il a déjà été utilisé, est trop ancien, ou a été remplacé par un message plus récent ou un autre mot de passe. Votre compte n’a aucun problème.',
  'recovery.off.title': 'Les mots de passe ne sont pas réinitialisés ici',
  'recovery.off.text': 'Veuillez demander un nouveau mot de passe à l’administration de {tenant}.',

  'recovery.username.title': 'Nom d’utilisateur oublié ?',
  'recovery.username.text':
    'Si un compte a cette adresse e-mail et qu’elle est confirmée, nous envoyons un message avec le nom d’utilisateur. Vous pouvez aussi vous connecter avec votre adresse e-mail.',
  'recovery.username.email': 'Adresse e-mail',
  'recovery.username.submit': 'Envoyer',
  'recovery.username.sentTitle': 'Consultez votre messagerie',
  'recovery.username.sentText':
    'Si un compte a cette adresse e-mail et qu’elle est confirmée, un message avec le nom d’utilisateur est en route.',

  'recovery.notice.identifier_required.title': 'Il manque quelque chose',
  'recovery.notice.identifier_required.text': 'Veuillez remplir le champ.',
  'recovery.notice.wrong_code.title': 'Cela ne correspond pas',
  'recovery.notice.wrong_code.text': 'Le code est incorrect. Veuillez vérifier le message le plus récent et réessayer.',
  'recovery.notice.spent_code.title': 'Ce code n’est plus valable',
  'recovery.notice.spent_code.text':
    'Il a été essayé trop souvent, a été utilisé, est trop ancien ou appartient à un autre navigateur. Veuillez demander un autre message ou utiliser le lien.',
  'recovery.notice.too_many_requests.title': 'Trop de demandes',
  'recovery.notice.too_many_requests.text':
    'Trop de messages ont été demandés depuis votre réseau. Veuillez réessayer {wait}.',

  'notice.passwordReset.title': 'Votre mot de passe a été modifié',
  'notice.passwordReset.text': 'Veuillez vous connecter avec le nouveau mot de passe.',
  'notice.passwordResetElsewhere.title': 'Votre mot de passe a été modifié',
  'notice.passwordResetElsewhere.text':
    'Vous pouvez retourner dans le navigateur où vous avez commencé et vous y connecter avec le nouveau mot de passe. Ou connectez-vous ici pour voir votre compte.',

  'activity.user.password_reset_requested': 'Message pour un mot de passe oublié demandé',
  'activity.user.password_reset': 'Mot de passe oublié remplacé',

  'password.mustChange': 'L’administration vous demande de choisir un nouveau mot de passe avant de continuer.',
  'password.unchanged': 'Le nouveau mot de passe est celui que vous avez déjà. Veuillez en choisir un autre.',

  'mail.passwordReset.subject': 'Choisir un nouveau mot de passe pour {tenant}',
  'mail.passwordReset.text':
    'Quelqu’un, probablement vous, a signalé à {tenant} que le mot de passe du compte {username} est oublié.',
  'mail.passwordReset.how':
    'Le bouton permet d’en choisir un nouveau, sur tout appareil. Ou saisissez le code dans le navigateur où vous avez fait la demande.',
  'mail.passwordReset.button': 'Choisir un nouveau mot de passe',
  'mail.passwordReset.closing':
    'Le lien et le code servent une fois et sont valables {minutes, plural, one {# minute} other {# minutes}}. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
  'mail.passwordResetByAdministrator.text':
    'L’administration de {tenant} vous demande de choisir un nouveau mot de passe pour le compte {username}. Jusque-là, l’actuel reste valable.',
  'mail.passwordResetByAdministrator.closing':
    'Le lien sert une fois et est valable {minutes, plural, one {# minute} other {# minutes}}. Ensuite, vous pouvez en demander un autre sur la page de connexion.',
  'mail.usernameReminder.subject': 'Votre nom d’utilisateur chez {tenant}',
  'mail.usernameReminder.text':
    'Quelqu’un, probablement vous, a demandé à {tenant} le nom d’utilisateur de cette adresse e-mail. Le voici : {username}',
  'mail.usernameReminder.button': 'Se connecter',
  'mail.usernameReminder.closing': 'Si ce n’était pas vous, ne faites rien.',
};
