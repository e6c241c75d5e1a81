import type { signUpMails as en } from '../en/sign-up-mails.js';
import type { Texts } from '../texts.js';

export const signUpMails: Texts<typeof en> = {
  'mail.signUp.subject': 'Bestätigen Sie Ihre Adresse für {tenant}',
  'mail.signUp.text':
    'Jemand, wahrscheinlich Sie selbst, möchte bei {tenant} ein Konto mit der Adresse {address} erstellen.',
  'mail.signUp.how':
    'Geben Sie diesen Code dort ein, wo Sie begonnen haben, oder öffnen Sie den Link und bestätigen Sie dort. Beide gelten 24 Stunden.',
  'mail.signUp.button': 'Bestätigen und Konto erstellen',
  'mail.signUp.notYou':
    'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne Ihre Bestätigung wird kein Konto erstellt.',
  'mail.accountExists.subject': 'Sie haben schon ein Konto bei {tenant}',
  'mail.accountExists.text':
    'Jemand, wahrscheinlich Sie selbst, wollte die Adresse {address} für ein Konto bei {tenant} verwenden. Dazu gibt es schon ein Konto.',
  'mail.accountExists.how':
    'Bitte melden Sie sich damit an. Wenn Sie das Passwort vergessen haben, können Sie es auf der Anmeldeseite zurücksetzen.',
  'mail.accountExists.button': 'Anmelden',
  'mail.accountExists.notYou':
    'Wenn Sie das nicht waren, müssen Sie nichts tun. Ihr Konto wurde nicht verändert, und es wurde niemandem etwas mitgeteilt.',
  'mail.verifyAddress.subject': 'Bestätigen Sie Ihre Adresse für {tenant}',
  'mail.verifyAddress.text': 'Bitte bestätigen Sie, dass {address} die Adresse Ihres Kontos bei {tenant} ist.',
  'mail.verifyAddress.how':
    'Geben Sie diesen Code dort ein, wo Sie gefragt wurden, oder öffnen Sie den Link und bestätigen Sie dort. Beide gelten 24 Stunden.',
  'mail.verifyAddress.button': 'Adresse bestätigen',
  'mail.verifyAddress.notYou': 'Wenn Sie das nicht angefordert haben, müssen Sie nichts tun.',
  'mail.invitation.subject': 'Einladung zu {tenant}',
  'mail.invitation.text': 'Sie sind eingeladen, bei {tenant} ein Konto mit der Adresse {address} zu erstellen.',
  'mail.invitation.how': 'Öffnen Sie den Link und wählen Sie ein Passwort, dann ist alles bereit.',
  'mail.invitation.button': 'Einladung annehmen',
  'mail.invitation.until': 'Die Einladung gilt bis {until, date, moment}.',
  'mail.invitation.notYou': 'Wenn Sie nicht wissen, worum es geht, müssen Sie nichts tun.',
  'mail.setPassword.subject': 'Legen Sie Ihr Passwort für {tenant} fest',
  'mail.setPassword.text': 'Sie können das Passwort Ihres Kontos bei {tenant} festlegen.',
  'mail.setPassword.username': 'Ihr Benutzername: {username}',
  'mail.setPassword.button': 'Passwort festlegen',
  'mail.setPassword.until': 'Der Link gilt bis {until, date, moment}.',
  'mail.setPassword.notYou': 'Wenn Sie nicht wissen, worum es geht, müssen Sie nichts tun.',
};
