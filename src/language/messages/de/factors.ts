import type { factors as en } from '../en/factors.js';
import type { Texts } from '../texts.js';

export const factors: Texts<typeof en> = {
  'factors.totp.name': 'Authenticator-App',
  'factors.totp.title': 'Geben Sie den Code Ihrer App ein',
  'factors.totp.text': 'Öffnen Sie Ihre Authenticator-App, und geben Sie die sechs Ziffern ein, die sie anzeigt.',
  'factors.recoveryCode.name': 'Wiederherstellungscode',
  'factors.recoveryCode.title': 'Geben Sie einen Wiederherstellungscode ein',
  'factors.recoveryCode.text': 'Jeder der Codes, die Sie aufbewahrt haben, gilt einmal.',
  'factors.emailCode.name': 'Code per E-Mail',
  'factors.emailCode.title': 'Geben Sie den Code aus der E-Mail ein',
  'factors.emailCode.text': 'Wir haben ihn an Ihre E-Mail-Adresse gesendet. Er gilt nur in diesem Browser.',
  'factors.emailCode.askTitle': 'Bestätigen Sie, dass Sie es sind',
  'factors.emailCode.ask': 'Wir senden einen Code an {address}, die bestätigte E-Mail-Adresse Ihres Kontos.',
  'factors.emailCode.send': 'Code senden',
  'factors.emailCode.again': 'Einen anderen Code senden',
  'factors.other.name': '{name}',
  'factors.other.title': 'Bestätigen Sie, dass Sie es sind',
  'factors.other.ask': 'Wir schicken Ihnen einen Code.',
  'factors.other.text': 'Bitte geben Sie den Code ein.',

  'factors.signedInAs': 'Sie melden sich als {name} an.',
  'factors.code': 'Code',
  'factors.remember': 'In diesem Browser eine Zeit lang nicht mehr danach fragen',
  'factors.submit': 'Bestätigen',
  'factors.anotherWay': 'Ein anderer Weg',
  'factors.notYou': 'Sie sind das nicht? Abmelden',
  'factors.wrongCode.title': 'Dieser Code gilt nicht',
  'factors.wrongCode.text': 'Er ist falsch, zu alt oder schon verwendet. Bitte geben Sie einen neuen ein.',
  'factors.failed.title': 'Zu viele Versuche',

  'factors.enrol.title': 'Schützen Sie Ihr Konto',
  'factors.enrol.text':
    'Mit einem zweiten Schritt kommt niemand in Ihr Konto, der nur Ihr Passwort kennt. Das Einrichten dauert eine Minute.',
  'factors.enrol.totpText':
    'Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code an. Sie braucht dazu kein Netz.',
  'factors.enrol.skip': 'Jetzt nicht',
  'factors.enrol.needsScript':
    'Hier wird ein Passkey verlangt, und dieser Browser kann keinen anlegen. Bitte melden Sie sich mit einem Browser an, der Passkeys unterstützt und in dem JavaScript eingeschaltet ist.',
  'factors.enrol.choose': 'Einrichten: {name}',

  'factors.setUpTotp.title': 'Authenticator-App einrichten',
  'factors.setUpTotp.scan':
    'Öffnen Sie auf Ihrem Telefon eine Authenticator-App, oder installieren Sie eine, und scannen Sie damit diesen Code.',
  'factors.setUpTotp.qr': 'QR-Code für die Authenticator-App',
  'factors.setUpTotp.open': 'In einer App auf diesem Gerät öffnen',
  'factors.setUpTotp.key': 'Oder geben Sie diesen Schlüssel in die App ein:',
  'factors.setUpTotp.confirm': 'Geben Sie dann die sechs Ziffern ein, die die App anzeigt.',
  'factors.setUpTotp.back': 'Zurück',

  'factors.codes.title': 'Ihre Wiederherstellungscodes',
  'factors.codes.done': 'Die Authenticator-App ist eingerichtet.',
  'factors.codes.text':
    'Bewahren Sie diese Codes so auf, dass Sie sie ohne Ihr Telefon finden, zum Beispiel auf Papier oder in einem Passwort-Manager. Jeder gilt einmal anstelle der App. Wir zeigen sie nicht noch einmal an.',
  'factors.codes.download': 'Als Datei speichern',
  'factors.codes.continue': 'Ich habe sie aufbewahrt',

  'factors.account.title': 'Zweiter Schritt',
  'factors.account.none': 'Nicht eingerichtet',
  'factors.account.some': 'Eingerichtet',
  'factors.account.text': 'Was Sie bei der Anmeldung neben Ihrem Passwort bestätigen.',
  'factors.account.addedAt': 'Eingerichtet am {date, date, day}',
  'factors.account.remove': 'Entfernen',
  'factors.account.removeOf': 'Entfernen: {name}',
  'factors.account.codesLeft':
    '{count, plural, =0 {Kein Code ist übrig.} one {Ein Code ist übrig.} other {# Codes sind übrig.}}',
  'factors.account.renew': 'Neue Codes erstellen',
  'factors.account.devices': 'Gemerkte Browser',
  'factors.account.devicesText':
    '{count, plural, one {Ein Browser wird nicht nach dem zweiten Schritt gefragt.} other {# Browser werden nicht nach dem zweiten Schritt gefragt.}}',
  'factors.account.forget': 'Überall wieder fragen',
  'notice.factorRemoved.title': 'Es wurde entfernt',
  'notice.factorRemoved.text': 'Bei der Anmeldung wird nicht mehr danach gefragt.',
  'notice.devicesForgotten.title': 'Kein Browser ist mehr gemerkt',
  'notice.devicesForgotten.text': 'Der zweite Schritt wird überall verlangt.',
};
