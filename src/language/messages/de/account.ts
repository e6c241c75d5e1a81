import type { account as en } from '../en/account.js';
import type { Texts } from '../texts.js';

export const account: Texts<typeof en> = {
  'notice.accessWithdrawn.title': 'Zugriff entzogen',
  'notice.accessWithdrawn.text': 'Die Anwendung kann nicht mehr auf Ihr Konto zugreifen.',
  'notice.passwordChanged.title': 'Ihr Passwort wurde geändert',
  'notice.passwordChanged.text': 'Hier bleiben Sie angemeldet. Überall sonst wurden Sie abgemeldet.',
  'notice.sessionsEnded.title': 'Sie wurden dort abgemeldet',
  'notice.sessionsEnded.text': 'Anwendungen, die Ihr Konto darüber genutzt haben, müssen Sie erneut fragen.',

  'account.overview': 'Übersicht',
  'account.security': 'Sicherheit',
  'account.securityText': 'Wie Sie nachweisen, dass Sie es sind.',
  'account.attention': 'Bitte beachten Sie',
  'account.placesCount': '{count, plural, one {Nur hier angemeldet.} other {In # Browsern angemeldet.}}',
  'account.applicationsCount':
    '{count, plural, =0 {Keine Anwendung hat Zugriff.} one {Eine Anwendung hat Zugriff.} other {# Anwendungen haben Zugriff.}}',
  'account.passwordText': 'Sie werden nach dem jetzigen gefragt.',
  'account.title': 'Ihr Konto',
  'account.signedInAs': 'Angemeldet als {name}',
  'account.signOut': 'Abmelden',
  'account.switch': 'Anderes Konto verwenden',
  'account.console': 'Konsole',
  'account.applications': 'Anwendungen mit Zugriff',
  'account.applicationsText':
    'Diesen Anwendungen haben Sie erlaubt, auf Ihr Konto zuzugreifen. Sie können den Zugriff jederzeit wieder entziehen.',
  'account.none': 'Keine Anwendung hat Zugriff auf Ihr Konto.',
  'account.noneText': 'Sobald Sie einer Anwendung den Zugriff erlauben, finden Sie sie hier.',
  'account.allowedOn': 'Erlaubt am {date, date, day}',
  'account.withdraw': 'Zugriff entziehen',
  'account.withdrawFrom': '{client} den Zugriff entziehen',
  'account.changePassword': 'Passwort ändern',
  'account.places': 'Wo Sie angemeldet sind',
  'account.placesText':
    'Wenn Sie einen dieser Einträge nicht kennen, melden Sie sich dort ab und ändern Sie Ihr Passwort.',
  'account.thisBrowser': 'Dieser Browser',
  'account.device': '{browser} auf {system}',
  'account.deviceUnknown': 'Unbekannter Browser',
  'account.signedInAt': 'Angemeldet am {date, date, moment}',
  'account.lastSeenAt': 'Zuletzt benutzt am {date, date, moment}',
  'account.endSession': 'Dort abmelden',
  'account.endSessionOf': 'In {device} abmelden',
  'account.endOthers': 'Überall sonst abmelden',
};
