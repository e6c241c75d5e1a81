import type { clientMails as en } from '../en/client-mails.js';
import type { Texts } from '../texts.js';

export const clientMails: Texts<typeof en> = {
  'mail.clientApproved.subject': '{client} wurde bei {tenant} freigegeben',
  'mail.clientApproved.text': 'Was Sie für {client} eingereicht haben, wurde freigegeben. Es gilt ab sofort.',
  'mail.clientRejected.subject': '{client} wurde bei {tenant} nicht freigegeben',
  'mail.clientRejected.text':
    'Eine Administratorin oder ein Administrator von {tenant} hat {client} geprüft und nicht freigegeben.',
  'mail.clientRejected.next': 'Sie können es ändern und erneut einreichen.',
  'mail.clientChangeRejected.subject': 'Änderungen an {client} wurden bei {tenant} nicht freigegeben',
  'mail.clientChangeRejected.text':
    'Was Sie an {client} ändern wollten, wurde bei {tenant} nicht freigegeben. Es läuft weiter wie bisher.',
  'mail.clientDecision.reason': 'Die angegebene Begründung: {reason}',
  'mail.clientDecision.button': 'Anwendung ansehen',
  'mail.clientSuspended.subject': '{client} wurde bei {tenant} gesperrt',
  'mail.clientSuspended.text':
    'Die Administration von {tenant} hat {client} gesperrt. Niemand kann sich damit anmelden, und alle Tokens sind beendet.{given, select, no {} other { Die angegebene Begründung: {reason}}}',
  'mail.clientResumed.subject': '{client} kann bei {tenant} wieder verwendet werden',
  'mail.clientResumed.text':
    'Die Administration von {tenant} hat die Sperre von {client} aufgehoben. Man kann sich damit wieder anmelden.',
};
