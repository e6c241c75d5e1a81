import type { signIn as en } from '../en/sign-in.js';
import type { Texts } from '../texts.js';

export const signIn: Texts<typeof en> = {
  'signIn.title': 'Bei {tenant} anmelden',
  'signIn.continueTo': 'Weiter zu',
  'signIn.username': 'Benutzername',
  'signIn.identifier': 'Benutzername oder E-Mail-Adresse',
  'signIn.password': 'Passwort',
  'signIn.submit': 'Anmelden',
  'signIn.next': 'Weiter',
  'signIn.as': 'Anmeldung als {name}',
  'signIn.rememberMe': 'Auf diesem Gerät angemeldet bleiben',
  'signIn.forgotPassword': 'Passwort vergessen?',
  'signIn.continueAs': 'Weiter als {name}',
  'signIn.signOutOf': '{name} abmelden',
  'signIn.otherAccount': 'oder ein anderes Konto verwenden',

  'notice.invalidCredentials.title': 'Die Anmeldung war nicht erfolgreich',
  'notice.invalidCredentials.text':
    'Benutzername oder Passwort ist nicht richtig. Bitte prüfen Sie beides und versuchen Sie es noch einmal.',
  'notice.credentialsRequired.title': 'Es fehlt noch etwas',
  'notice.credentialsRequired.text': 'Bitte geben Sie Ihren Benutzernamen und Ihr Passwort ein.',
  'notice.identifierRequired.title': 'Es fehlt noch etwas',
  'notice.identifierRequired.text': 'Bitte geben Sie Ihren Benutzernamen ein.',
  'notice.tooManyAttempts.title': 'Zu viele Versuche',
  'notice.tooManyAttempts.text':
    'Zu Ihrem Schutz ist die Anmeldung vorübergehend gesperrt. Bitte versuchen Sie es später noch einmal.',
  'notice.tooManyAttempts.wait':
    'Zu Ihrem Schutz ist die Anmeldung gesperrt. Bitte versuchen Sie es {wait} noch einmal.',
  'notice.busy.title': 'Der Dienst ist zurzeit ausgelastet',
  'notice.busy.text':
    'Wir konnten Ihre Angaben noch nicht prüfen. Bitte versuchen Sie es in einigen Sekunden noch einmal.',
  'notice.csrf.title': 'Bitte senden Sie das Formular noch einmal ab',
  'notice.csrf.text':
    'Es war zu lange geöffnet, oder Ihr Browser hat unser Cookie abgelehnt. Bitte erlauben Sie Cookies für diese Seite und versuchen Sie es noch einmal.',
  'notice.sessionExpired.title': 'Sie wurden abgemeldet',
  'notice.sessionExpired.text': 'Ihre Sitzung ist beendet. Bitte melden Sie sich noch einmal an, um fortzufahren.',
  'notice.reauthenticate.title': 'Bitte bestätigen Sie, dass Sie es sind',
  'notice.reauthenticate.text': 'Die Anwendung bittet Sie, Ihr Passwort noch einmal einzugeben.',
  'notice.otherAccount.title': 'Bitte verwenden Sie das gewünschte Konto',
  'notice.otherAccount.text': 'Die Anwendung verlangt ein anderes Konto als das, mit dem Sie angemeldet waren.',
};
