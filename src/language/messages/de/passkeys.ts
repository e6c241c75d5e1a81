import type { passkeys as en } from '../en/passkeys.js';
import type { Texts } from '../texts.js';

export const passkeys: Texts<typeof en> = {
  'signIn.or': 'oder',
  'signIn.passkey': 'Mit einem Passkey anmelden',

  'activity.passkey.added': 'Passkey hinzugefügt',
  'activity.passkey.renamed': 'Passkey umbenannt',
  'activity.passkey.removed': 'Passkey entfernt',
  'activity.passkey.counter_rolled_back': 'Passkey abgelehnt: Er wurde vielleicht kopiert',

  'notice.passkeyExpired.title': 'Das hat zu lange gedauert',
  'notice.passkeyExpired.text': 'Bitte versuchen Sie es noch einmal, oder melden Sie sich mit Ihrem Passwort an.',
  'notice.passkeyUnknown.title': 'Dieser Passkey ist hier nicht bekannt',
  'notice.passkeyUnknown.text':
    'Vielleicht wurde er entfernt, oder er gehört zu einer anderen Organisation oder Adresse. Bitte verwenden Sie einen anderen Passkey oder Ihr Passwort.',
  'notice.passkeyRefused.title': 'Der Passkey wurde nicht angenommen',
  'notice.passkeyRefused.text': 'Bitte versuchen Sie es noch einmal, oder melden Sie sich mit Ihrem Passwort an.',
  'notice.passkeyOff.title': 'Dafür können Passkeys hier nicht verwendet werden',
  'notice.passkeyOff.text': 'Bitte melden Sie sich mit Ihrem Passwort an.',
  'notice.passkeyAdded.title': 'Passkey hinzugefügt',
  'notice.passkeyAdded.text': 'Ab jetzt können Sie damit nachweisen, dass Sie es sind.',
  'notice.passkeyRenamed.title': 'Passkey umbenannt',
  'notice.passkeyRenamed.text': 'Der neue Name steht in der Liste.',
  'notice.passkeyRemoved.title': 'Passkey entfernt',
  'notice.passkeyRemoved.text':
    'Er kann hier nicht mehr verwendet werden. Falls Ihr Gerät ihn noch anbietet, können Sie ihn in den Einstellungen des Geräts löschen.',

  'passkey.cancelled.title': 'Es wurde kein Passkey verwendet',
  'passkey.cancelled.text': 'Es wurde nichts ausgewählt, oder die Zeit war um. Sie können es noch einmal versuchen.',
  'passkey.failed.title': 'Das hat nicht funktioniert',
  'passkey.failed.text': 'Bitte laden Sie die Seite neu, oder verwenden Sie einen anderen Weg.',
  'passkey.exists.title': 'Auf diesem Gerät gibt es schon einen Passkey für Sie',
  'passkey.exists.text':
    'Sie können ihn so verwenden. Wenn Sie einen weiteren hinzufügen möchten, wählen Sie bitte ein anderes Gerät.',

  'passkeys.title': 'Passkeys',
  'passkeys.text':
    'Mit einem Passkey weisen Sie nach, dass Sie es sind, indem Sie Ihr Gerät mit Fingerabdruck, Gesicht oder PIN entsperren. Niemand kann ihn erraten, und keine andere Website kann ihn abfragen.',
  'passkeys.count': '{count, plural, =0 {Kein Passkey} one {# Passkey} other {# Passkeys}}',
  'passkeys.none': 'Sie haben noch keinen Passkey.',
  'passkeys.noneText':
    'Fügen Sie auf jedem Gerät, das Sie benutzen, einen hinzu, oder einen, den Ihr Passwortmanager für alle aufbewahrt.',
  'passkeys.addedOn': 'Hinzugefügt am {date, date, day}',
  'passkeys.lastUsedOn': 'Zuletzt benutzt am {date, date, moment}',
  'passkeys.neverUsed': 'Noch nicht benutzt',
  'passkeys.synced': 'Auf mehreren Geräten',
  'passkeys.elsewhere': 'Funktioniert nur bei {host}',
  'passkeys.rename': 'Umbenennen',
  'passkeys.renameOf': '{name} umbenennen',
  'passkeys.name': 'Name',
  'passkeys.save': 'Speichern',
  'passkeys.remove': 'Entfernen',
  'passkeys.removeOf': '{name} entfernen',
  'passkeys.add': 'Passkey hinzufügen',
  'passkeys.needsScript':
    'Um einen Passkey hinzuzufügen, verwenden Sie bitte einen Browser, der Passkeys kennt, mit eingeschaltetem JavaScript.',
  'passkeys.refused.expired': 'Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
  'passkeys.refused.refused':
    'Der Passkey dieses Geräts wurde nicht angenommen. Bitte versuchen Sie es noch einmal, oder verwenden Sie ein anderes Gerät.',
  'passkeys.refused.already_added': 'Dieser Passkey wurde schon hinzugefügt.',
  'passkeys.refused.too_many': 'Sie haben so viele Passkeys, wie möglich sind. Bitte entfernen Sie zuerst einen.',
  'passkeys.refused.off': 'Passkeys können hier nicht hinzugefügt werden.',
  'passkeys.refused.bad_name': 'Bitte geben Sie einen Namen mit höchstens 60 sichtbaren Zeichen ein.',
  'passkeys.refused.title': 'Es wurde nichts geändert',
};
