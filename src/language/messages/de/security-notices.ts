import type { securityNotices as en } from '../en/security-notices.js';
import type { Texts } from '../texts.js';

export const securityNotices: Texts<typeof en> = {
  'securityNotice.when':
    'Das geschah am {at, date, moment}{address, select, none {} other { von der Netzadresse {address} aus}}.',
  'securityNotice.account': 'Ihr Konto ansehen',
  'securityNotice.passwordChanged.subject': 'Ihr Passwort bei {tenant} wurde geändert',
  'securityNotice.passwordChanged.text': 'Das Passwort Ihres Kontos {username} bei {tenant} wurde geändert.',
  'securityNotice.passwordReset.subject': 'Ihr Passwort bei {tenant} wurde zurückgesetzt',
  'securityNotice.passwordReset.text':
    'Für Ihr Konto {username} bei {tenant} wurde ein neues Passwort gewählt, weil das alte vergessen war. Dazu diente ein Link oder ein Code, den wir an diese Adresse geschickt haben.',
  'securityNotice.passwordSet.subject': 'Ihr Passwort bei {tenant} wurde von der Verwaltung gesetzt',
  'securityNotice.passwordSet.text':
    'Eine Administratorin oder ein Administrator hat ein neues Passwort für Ihr Konto {username} bei {tenant} gesetzt.',
  'securityNotice.emailSet.subject': 'Ihre E-Mail-Adresse bei {tenant} wurde von der Verwaltung geändert',
  'securityNotice.emailSet.text':
    'Eine Administratorin oder ein Administrator hat die E-Mail-Adresse Ihres Kontos {username} bei {tenant} geändert. Sie ist jetzt {email}.',
  'securityNotice.phoneChanged.subject': 'Ihre Telefonnummer bei {tenant} wurde geändert',
  'securityNotice.phoneChanged.text': 'Die Telefonnummer Ihres Kontos {username} bei {tenant} wurde geändert.',
  'securityNotice.totpAdded.subject': 'Ihrem Konto bei {tenant} wurde eine Authenticator-App hinzugefügt',
  'securityNotice.totpAdded.text':
    'Ihrem Konto {username} bei {tenant} wurde eine Authenticator-App hinzugefügt. Ihre Codes können jetzt eine Anmeldung bestätigen.',
  'securityNotice.totpRemoved.subject': 'Aus Ihrem Konto bei {tenant} wurde eine Authenticator-App entfernt',
  'securityNotice.totpRemoved.text':
    'Aus Ihrem Konto {username} bei {tenant} wurde eine Authenticator-App entfernt. Ihre Codes gelten nicht mehr.',
  'securityNotice.passkeyAdded.subject': 'Ihrem Konto bei {tenant} wurde ein Passkey hinzugefügt',
  'securityNotice.passkeyAdded.text': 'Ihrem Konto {username} bei {tenant} wurde der Passkey „{name}“ hinzugefügt.',
  'securityNotice.passkeyRemoved.subject': 'Aus Ihrem Konto bei {tenant} wurde ein Passkey entfernt',
  'securityNotice.passkeyRemoved.text': 'Aus Ihrem Konto {username} bei {tenant} wurde der Passkey „{name}“ entfernt.',
  'securityNotice.recoveryCodesMade.subject': 'Neue Wiederherstellungscodes für Ihr Konto bei {tenant}',
  'securityNotice.recoveryCodesMade.text':
    'Für Ihr Konto {username} bei {tenant} wurden neue Wiederherstellungscodes erzeugt. Ältere gelten nicht mehr.',
  'securityNotice.recoveryCodeUsed.subject': 'Ein Wiederherstellungscode Ihres Kontos bei {tenant} wurde benutzt',
  'securityNotice.recoveryCodeUsed.text':
    'Mit einem Wiederherstellungscode Ihres Kontos {username} bei {tenant} hat sich jemand angemeldet. {left, plural, =0 {Es ist keiner mehr übrig} one {Es ist noch # übrig} other {Es sind noch # übrig}}.',
  'securityNotice.factorsReset.subject': 'Ihr zweiter Faktor bei {tenant} wurde von der Verwaltung zurückgesetzt',
  'securityNotice.factorsReset.text':
    'Eine Administratorin oder ein Administrator hat entfernt, was bei {tenant} neben dem Passwort Ihres Kontos {username} Ihre Anmeldungen bestätigt.',
  'securityNotice.factorAdded.subject': 'Ihr Konto bei {tenant} hat einen neuen zweiten Faktor',
  'securityNotice.factorAdded.text':
    'Für Ihr Konto {username} bei {tenant} wurde „{factor}“ eingerichtet. Damit lässt sich jetzt eine Anmeldung bestätigen.',
  'securityNotice.factorRemoved.subject': 'Aus Ihrem Konto bei {tenant} wurde ein zweiter Faktor entfernt',
  'securityNotice.factorRemoved.text':
    'Aus Ihrem Konto {username} bei {tenant} wurde „{factor}“ entfernt. Eine Anmeldung lässt sich damit nicht mehr bestätigen.',
  'securityNotice.devicesForgotten.subject': 'Bei {tenant} ist kein Browser mehr gemerkt',
  'securityNotice.devicesForgotten.text':
    'Die Browser, die für Ihr Konto {username} bei {tenant} gemerkt waren, wurden vergessen. Der zweite Schritt wird wieder überall verlangt.',
  'securityNotice.emailAdded.subject': 'Diese Adresse gehört jetzt zu Ihrem Konto bei {tenant}',
  'securityNotice.emailAdded.text': 'Die E-Mail-Adresse Ihres Kontos {username} bei {tenant} wurde in diese geändert.',
};
