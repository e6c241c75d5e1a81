import type { signIn as en } from '../en/sign-in.js';
import type { Translation } from '../texts.js';

export const signIn: Translation<typeof en> = {
  'signIn.title': 'Connexion à {tenant}',
  'signIn.continueTo': 'Continuer vers',
  'signIn.username': 'Nom d’utilisateur',
  'signIn.identifier': 'Nom d’utilisateur ou adresse e-mail',
  'signIn.password': 'Mot de passe',
  'signIn.submit': 'Se connecter',
  'signIn.next': 'Continuer',
  'signIn.as': 'Connexion en tant que {name}',
  'signIn.rememberMe': 'Rester connecté sur cet appareil',
  'signIn.forgotPassword': 'Mot de passe oublié ?',
  'signIn.continueAs': 'Continuer en tant que {name}',
  'signIn.signOutOf': 'Déconnecter {name}',
  'signIn.otherAccount': 'ou utiliser un autre compte',

  'notice.invalidCredentials.title': 'La connexion a échoué',
  'notice.invalidCredentials.text':
    'Le nom d’utilisateur ou le mot de passe est incorrect. Veuillez vérifier les deux et réessayer.',
  'notice.credentialsRequired.title': 'Il manque une information',
  'notice.credentialsRequired.text': 'Veuillez saisir votre nom d’utilisateur et votre mot de passe.',
  'notice.identifierRequired.title': 'Il manque une information',
  'notice.identifierRequired.text': 'Veuillez saisir votre nom d’utilisateur.',
  'notice.tooManyAttempts.title': 'Trop de tentatives',
  'notice.tooManyAttempts.text':
    'Pour votre protection, la connexion est suspendue un moment. Veuillez réessayer plus tard.',
  'notice.tooManyAttempts.wait': 'Pour votre protection, la connexion est suspendue. Veuillez réessayer {wait}.',
  'notice.busy.title': 'Le service est très sollicité en ce moment',
  'notice.busy.text':
    'Nous n’avons pas encore pu vérifier vos informations. Veuillez réessayer dans quelques secondes.',
  'notice.csrf.title': 'Veuillez envoyer à nouveau le formulaire',
  'notice.csrf.text':
    'Il est resté ouvert trop longtemps, ou votre navigateur a refusé notre cookie. Veuillez autoriser les cookies pour ce site et réessayer.',
  'notice.sessionExpired.title': 'Vous avez été déconnecté(e)',
  'notice.sessionExpired.text': 'Votre session est terminée. Veuillez vous reconnecter pour continuer.',
  'notice.reauthenticate.title': 'Veuillez confirmer votre identité',
  'notice.reauthenticate.text': 'L’application vous demande de saisir à nouveau votre mot de passe.',
  'notice.otherAccount.title': 'Veuillez utiliser le compte demandé',
  'notice.otherAccount.text': 'L’application demande un autre compte que celui avec lequel vous étiez connecté(e).',
};
