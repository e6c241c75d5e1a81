import type { recovery as en } from '../en/recovery.js';
import type { Texts } from '../texts.js';

export const recovery: Texts<typeof en> = {
  'recovery.forgot.title': 'Passwort vergessen?',
  'recovery.forgot.text':
    'Sagen Sie uns, wer Sie sind. Gibt es ein Konto mit bestätigter E-Mail-Adresse, so schicken wir einen Link und einen Code an diese Adresse.',
  'recovery.forgot.identifier': 'Benutzername oder E-Mail-Adresse',
  'recovery.forgot.submit': 'Senden',
  'recovery.forgot.username': 'Benutzernamen vergessen?',
  'recovery.toSignIn': 'Zurück zur Anmeldung',

  'recovery.sent.title': 'Sehen Sie in Ihr Postfach',
  'recovery.sent.text':
    'Gibt es ein Konto mit bestätigter E-Mail-Adresse, so ist eine E-Mail mit einem Link und einem Code unterwegs. Beide gelten {minutes, plural, one {# Minute} other {# Minuten}} lang.',
  'recovery.sent.link': 'Der Link funktioniert auf jedem Gerät, der Code nur in diesem Browser.',
  'recovery.sent.code': 'Code aus der E-Mail',
  'recovery.sent.submit': 'Weiter',
  'recovery.sent.none':
    'Nichts angekommen? Sehen Sie auch im Spam-Ordner nach. Nur die neueste E-Mail gilt, und nach mehreren warten wir eine Weile, bevor wir eine weitere schicken.',
  'recovery.sent.again': 'Eine weitere E-Mail anfordern',

  'recovery.reset.title': 'Neues Passwort wählen',
  'recovery.reset.account': 'Für das Konto {name}',
  'recovery.reset.endSessions': 'Überall abmelden',
  'recovery.reset.endSessionsHint':
    'Empfohlen, wenn jemand anders Ihr Passwort kennen könnte. Anwendungen müssen Sie dann erneut fragen.',
  'recovery.reset.submit': 'Neues Passwort speichern',
  'recovery.reset.fields_required': 'Bitte füllen Sie beide Felder aus.',

  'recovery.gone.title': 'Dieser Link gilt nicht mehr',
  'recovery.gone.text':
    'Er wurde schon benutzt, ist zu alt, oder eine neuere E-Mail oder ein anderes Passwort ist an seine Stelle getreten. Mit Ihrem Konto ist alles in Ordnung.',
  'recovery.off.title': 'Passwörter werden hier nicht zurückgesetzt',
  'recovery.off.text': 'Bitte fragen Sie die Verwaltung von {tenant} nach einem neuen Passwort.',

  'recovery.username.title': 'Benutzernamen vergessen?',
  'recovery.username.text':
    'Hat ein Konto diese E-Mail-Adresse und ist sie bestätigt, so schicken wir eine E-Mail mit dem Benutzernamen. Sie können sich auch mit Ihrer E-Mail-Adresse anmelden.',
  'recovery.username.email': 'E-Mail-Adresse',
  'recovery.username.submit': 'Senden',
  'recovery.username.sentTitle': 'Sehen Sie in Ihr Postfach',
  'recovery.username.sentText':
    'Hat ein Konto diese E-Mail-Adresse und ist sie bestätigt, so ist eine E-Mail mit dem Benutzernamen unterwegs.',

  'recovery.notice.identifier_required.title': 'Es fehlt noch etwas',
  'recovery.notice.identifier_required.text': 'Bitte füllen Sie das Feld aus.',
  'recovery.notice.wrong_code.title': 'Das stimmt nicht überein',
  'recovery.notice.wrong_code.text':
    'Der Code ist nicht richtig. Bitte prüfen Sie die neueste E-Mail und versuchen Sie es noch einmal.',
  'recovery.notice.spent_code.title': 'Dieser Code gilt nicht mehr',
  'recovery.notice.spent_code.text':
    'Er wurde zu oft falsch eingegeben, schon benutzt, ist zu alt oder gehört zu einem anderen Browser. Bitte fordern Sie eine weitere E-Mail an, oder benutzen Sie den Link.',
  'recovery.notice.too_many_requests.title': 'Zu viele Anfragen',
  'recovery.notice.too_many_requests.text':
    'Aus Ihrem Netz wurden zu oft E-Mails angefordert. Bitte versuchen Sie es {wait} noch einmal.',

  'notice.passwordReset.title': 'Ihr Passwort wurde geändert',
  'notice.passwordReset.text': 'Bitte melden Sie sich mit dem neuen Passwort an.',
  'notice.passwordResetElsewhere.title': 'Ihr Passwort wurde geändert',
  'notice.passwordResetElsewhere.text':
    'Sie können in den Browser zurückkehren, in dem Sie begonnen haben, und sich dort mit dem neuen Passwort anmelden. Oder melden Sie sich hier an, um Ihr Konto zu sehen.',

  'activity.user.password_reset_requested': 'E-Mail wegen eines vergessenen Passworts angefordert',
  'activity.user.password_reset': 'Vergessenes Passwort neu gewählt',

  'password.mustChange': 'Die Verwaltung bittet Sie, ein neues Passwort zu wählen, bevor es weitergeht.',
  'password.unchanged': 'Das neue Passwort ist das, das Sie jetzt haben. Bitte wählen Sie ein anderes.',

  'mail.passwordReset.subject': 'Neues Passwort für {tenant} wählen',
  'mail.passwordReset.text':
    'Jemand, wahrscheinlich Sie, hat {tenant} mitgeteilt, dass das Passwort des Kontos {username} vergessen ist.',
  'mail.passwordReset.how':
    'Mit der Schaltfläche wählen Sie auf jedem Gerät ein neues. Oder geben Sie den Code in dem Browser ein, in dem Sie gefragt haben.',
  'mail.passwordReset.button': 'Neues Passwort wählen',
  'mail.passwordReset.closing':
    'Link und Code gelten einmal und {minutes, plural, one {# Minute} other {# Minuten}} lang. Wenn Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
  'mail.passwordResetByAdministrator.text':
    'Die Verwaltung von {tenant} bittet Sie, ein neues Passwort für das Konto {username} zu wählen. Bis dahin gilt das jetzige weiter.',
  'mail.passwordResetByAdministrator.closing':
    'Der Link gilt einmal und {minutes, plural, one {# Minute} other {# Minuten}} lang. Danach können Sie auf der Anmeldeseite einen weiteren anfordern.',
  'mail.usernameReminder.subject': 'Ihr Benutzername bei {tenant}',
  'mail.usernameReminder.text':
    'Jemand, wahrscheinlich Sie, hat {tenant} nach dem Benutzernamen gefragt, der zu dieser E-Mail-Adresse gehört. Er lautet: {username}',
  'mail.usernameReminder.button': 'Anmelden',
  'mail.usernameReminder.closing': 'Wenn Sie das nicht waren, tun Sie nichts.',
};
