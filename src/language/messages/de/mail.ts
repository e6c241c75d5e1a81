import type { mail as english } from '../en/mail.js';

export const mail: Readonly<Record<keyof typeof english, string>> = {
  'mail.linkByHand': 'Falls die Schaltfläche nicht funktioniert, öffnen Sie bitte diese Adresse im Browser:',
  'mail.code': 'Ihr Code',
  'mail.footer': 'Diese Nachricht wurde von {tenant} automatisch versandt.',
  'mail.noticeHint':
    'Falls Sie das nicht waren, ändern Sie bitte Ihr Passwort und wenden Sie sich an {tenant}. Niemand wird Sie je nach Ihrem Passwort oder einem Code fragen.',
  'mail.codeHint': 'Geben Sie diesen Code niemals weiter. Niemand von {tenant} wird Sie danach fragen.',
  'mail.support': 'Hilfe',
  'mail.privacy': 'Datenschutz',

  'mail.test.subject': 'Testnachricht von {tenant}',
  'mail.test.text':
    'Diese Nachricht zeigt, dass {tenant} E-Mails versenden kann. Sie wurde in der Verwaltungsschnittstelle angefordert.',
  'mail.test.time': 'Angefordert am {date, date, moment}.',

  'mail.emailCode.subject': 'Ihr Code für {tenant}',
  'mail.emailCode.text':
    'Jemand, vermutlich Sie, meldet sich bei Ihrem Konto bei {tenant} an. Geben Sie diesen Code in dem Browser ein, in dem Sie ihn angefordert haben. Er gilt {minutes, plural, one {# Minute} other {# Minuten}}.',
  'mail.emailCode.closing':
    'Wir fragen nie am Telefon oder per E-Mail nach diesem Code. Wenn Sie das nicht waren, kennt jemand Ihr Passwort: Bitte ändern Sie es.',
  'mail.emailChange.subject': 'Bestätigen Sie Ihre neue E-Mail-Adresse',
  'mail.emailChange.text':
    'Jemand, vermutlich Sie, möchte diese Adresse für sein Konto bei {tenant} verwenden. Bitte bestätigen Sie, dass es Ihre ist.',
  'mail.emailChange.button': 'Adresse bestätigen',
  'mail.emailChange.closing':
    'Link und Code gelten {minutes, plural, one {# Minute} other {# Minuten}}. Wenn Sie das nicht waren, beachten Sie diese Nachricht nicht: Dann ändert sich nichts.',
  'mail.emailChangeTaken.subject': 'Ihre Adresse wurde bei {tenant} eingegeben',
  'mail.emailChangeTaken.text':
    'Jemand möchte diese Adresse für ein anderes Konto bei {tenant} verwenden. Sie gehört zu Ihrem Konto, deshalb ist das nicht möglich.',
  'mail.emailChangeTaken.nothing':
    'Es hat sich nichts geändert. Wenn Sie es waren, melden Sie sich bei dem Konto mit dieser Adresse an, oder verwenden Sie eine andere.',
  'mail.emailChanged.subject': 'Ihre E-Mail-Adresse bei {tenant} wurde geändert',
  'mail.emailChanged.text':
    'Am {date, date, moment} wurde eine andere E-Mail-Adresse für Ihr Konto bestätigt. Diese Adresse gehört nicht mehr dazu.',
  'mail.deletionScheduled.subject': 'Ihr Konto bei {tenant} wird gelöscht',
  'mail.deletionScheduled.text':
    'Sie haben darum gebeten, Ihr Konto zu löschen. Das geschieht am {date, date, moment}.',
  'mail.deletionScheduled.keep': 'Bis dahin können Sie sich anmelden und es behalten.',
  'mail.deletionScheduled.button': 'Mein Konto behalten',
  'mail.accessGrant.subject': 'Zugriff eines Betreibers auf {tenant}',
  'mail.accessGrant.text':
    '{kind, select, requested {Ein Betreiber der Plattform bittet um Zugriff auf Personen oder Geheimnisse von {tenant}. Er beginnt, wenn ein Eigentümer ihn genehmigt.} waiting {Ein Betreiber der Plattform bittet um Notzugriff auf Personen oder Geheimnisse von {tenant}. Er beginnt am {date, date, moment}, wenn kein Eigentümer ihn ablehnt.} other {Ein Betreiber der Plattform hat bis {date, date, moment} Zugriff auf Personen oder Geheimnisse von {tenant}.}}',
  'mail.accessGrant.reason': 'Der angegebene Grund: {reason}',
  'mail.accessGrant.how':
    'Jede Nutzung steht in Ihrem Protokoll. Eigentümer sehen, genehmigen und beenden solche Zugriffe über die Verwaltungsschnittstelle oder die Kommandozeile, unter access grants.',
  'mail.domainProof.subject':
    '{kind, select, lapsed {{domain} ist keine Adresse von {tenant} mehr} other {Der Nachweis für die Domain {domain} fehlt}}',
  'mail.domainProof.text':
    '{kind, select, failing {Der Nachweis, dass die Domain {domain} zu {tenant} gehört, war nicht mehr zu finden. Bis {date, date, moment} ändert sich nichts. Fehlt er dann noch, ist {domain} keine Adresse von {tenant} mehr: niemand kann sich dort anmelden, und andere können sie beanspruchen.} ending {Der Nachweis, dass die Domain {domain} zu {tenant} gehört, fehlt noch immer. Ab {date, date, moment} ist {domain} keine Adresse von {tenant} mehr: niemand kann sich dort anmelden, und andere können sie beanspruchen.} other {Der Nachweis, dass die Domain {domain} zu {tenant} gehört, hat zu lange gefehlt. {domain} ist keine Adresse von {tenant} mehr: niemand kann sich dort anmelden, und andere können sie beanspruchen.}}',
  'mail.domainProof.how':
    'Die Konsole zeigt unter Domains, wie der Eintrag oder die Datei lauten muss und was gefunden wurde. Stellen Sie den Nachweis wieder her und lassen Sie dort nachsehen. Wenn Sie die Domain aufgegeben haben, löschen Sie sie dort.',
};
