import type { signUpMails as en } from '../en/sign-up-mails.js';
import type { Translation } from '../texts.js';

export const signUpMails: Translation<typeof en> = {
  'mail.signUp.subject': 'Confirmez votre adresse pour {tenant}',
  'mail.signUp.text': 'Quelqu’un, probablement vous, souhaite créer un compte chez {tenant} avec l’adresse {address}.',
  'mail.signUp.how':
    'Saisissez ce code là où vous avez commencé, ou ouvrez le lien et confirmez. Les deux sont valables 24 heures.',
  'mail.signUp.button': 'Confirmer et créer le compte',
  'mail.signUp.notYou':
    'Si ce n’était pas vous, vous n’avez rien à faire : sans votre confirmation, aucun compte n’est créé.',
  'mail.accountExists.subject': 'Vous avez déjà un compte chez {tenant}',
  'mail.accountExists.text':
    'Quelqu’un, probablement vous, a voulu utiliser l’adresse {address} pour un compte chez {tenant}. Un compte existe déjà avec elle.',
  'mail.accountExists.how':
    'Connectez-vous avec lui. Si vous avez oublié le mot de passe, vous pouvez le réinitialiser sur la page de connexion.',
  'mail.accountExists.button': 'Se connecter',
  'mail.accountExists.notYou':
    'Si ce n’était pas vous, vous n’avez rien à faire. Votre compte n’a pas été modifié et rien n’a été dit à personne.',
  'mail.verifyAddress.subject': 'Confirmez votre adresse pour {tenant}',
  'mail.verifyAddress.text': 'Veuillez confirmer que {address} est l’adresse de votre compte chez {tenant}.',
  'mail.verifyAddress.how':
    'Saisissez ce code là où on vous l’a demandé, ou ouvrez le lien et confirmez. Les deux sont valables 24 heures.',
  'mail.verifyAddress.button': 'Confirmer l’adresse',
  'mail.verifyAddress.notYou': 'Si vous ne l’avez pas demandé, vous n’avez rien à faire.',
  'mail.invitation.subject': 'Invitation de {tenant}',
  'mail.invitation.text': 'Vous êtes invité à créer un compte chez {tenant} avec l’adresse {address}.',
  'mail.invitation.how': 'Ouvrez le lien, choisissez un mot de passe, et tout est prêt.',
  'mail.invitation.button': 'Accepter l’invitation',
  'mail.invitation.until': 'L’invitation est valable jusqu’au {until, date, moment}.',
  'mail.invitation.notYou': 'Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.',
  'mail.setPassword.subject': 'Définissez votre mot de passe pour {tenant}',
  'mail.setPassword.text': 'Vous pouvez définir le mot de passe de votre compte chez {tenant}.',
  'mail.setPassword.username': 'Votre nom d’utilisateur : {username}',
  'mail.setPassword.button': 'Définir le mot de passe',
  'mail.setPassword.until': 'Le lien est valable jusqu’au {until, date, moment}.',
  'mail.setPassword.notYou': 'Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.',
};
