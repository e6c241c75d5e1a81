import type { consent as en } from '../en/consent.js';
import type { Texts } from '../texts.js';

export const consent: Texts<typeof en> = {
  'consent.title': 'Zugriff für {client} erlauben?',
  'consent.heading': '{client} möchte auf Ihr Konto bei {tenant} zugreifen',
  'consent.headingMore': '{client} bittet um weitere Berechtigungen für Ihr Konto bei {tenant}',
  'consent.firstParty': 'Eine Anwendung von {tenant}',
  'consent.verified': 'Von {tenant} zugelassen',
  'consent.unreviewed': 'Von {tenant} nicht geprüft',
  'consent.optional': 'freiwillig',
  'consent.optionalHint':
    'Über das, was freiwillig ist, entscheiden Sie. Entfernen Sie das Häkchen, wo Sie den Zugriff nicht erlauben möchten.',
  'consent.unverified': 'Nicht von {tenant} zugelassen',
  'consent.unverifiedHint':
    'Stimmen Sie nur zu, wenn Sie die Anwendung kennen und diesen Vorgang selbst begonnen haben.',
  'consent.signedInAs': 'Angemeldet als {name}',
  'consent.switchAccount': 'Nicht Ihr Konto?',
  'consent.scopes': 'Wenn Sie zustimmen, kann die Anwendung:',
  'consent.account': 'Ihr Konto',
  'consent.new': 'Neu',
  'consent.alreadyAllowed': 'Bereits erlaubt',
  'consent.otherScope': 'Die Berechtigung {scope} nutzen',
  'consent.withdraw': 'Sie können den Zugriff jederzeit in <account>Ihrem Konto</account> wieder entziehen.',
  'consent.withdrawPlain': 'Sie können den Zugriff jederzeit in Ihrem Konto wieder entziehen.',
  'consent.privacy': 'Datenschutzerklärung der Anwendung',
  'consent.terms': 'Nutzungsbedingungen der Anwendung',
  'consent.return': 'Danach kehren Sie zu {host} zurück.',
  'consent.approve': 'Erlauben',
  'consent.deny': 'Ablehnen',

  'scope.openid': 'Sie wiedererkennen, wenn Sie zurückkommen',
  'scope.profile': 'Ihr Profil sehen: Name, Bild, Geburtsdatum, Sprache und ähnliche Angaben',
  'scope.email': 'Ihre E-Mail-Adresse sehen und ob sie bestätigt ist',
  'scope.address': 'Ihre Postanschrift sehen',
  'scope.phone': 'Ihre Telefonnummer sehen und ob sie bestätigt ist',
  'scope.groups': 'Sehen, in welchen Gruppen Sie sind',
  'scope.offline_access': 'Diesen Zugriff auch in Ihrer Abwesenheit behalten, bis Sie ihn entziehen',
};
