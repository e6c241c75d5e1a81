import type { clientMails as en } from '../en/client-mails.js';
import type { Texts } from '../texts.js';

export const clientMails: Texts<typeof en> = {
  'mail.clientApproved.subject': '{client} a été approuvé chez {tenant}',
  'mail.clientApproved.text': 'Ce que vous avez soumis pour {client} a été approuvé et s’applique dès maintenant.',
  'mail.clientRejected.subject': '{client} n’a pas été approuvé chez {tenant}',
  'mail.clientRejected.text': 'L’administration de {tenant} a examiné {client} et ne l’a pas approuvé.',
  'mail.clientRejected.next': 'Vous pouvez le modifier et le soumettre à nouveau.',
  'mail.clientChangeRejected.subject': 'Les modifications de {client} n’ont pas été approuvées chez {tenant}',
  'mail.clientChangeRejected.text':
    'L’administration de {tenant} n’a pas approuvé vos modifications de {client}. Il continue de fonctionner comme avant.',
  'mail.clientDecision.reason': 'Motif indiqué : {reason}',
  'mail.clientDecision.button': 'Voir l’application',
  'mail.clientSuspended.subject': '{client} a été suspendu chez {tenant}',
  'mail.clientSuspended.text':
    'L’administration de {tenant} a suspendu {client}. Personne ne peut plus s’en servir pour se connecter, et ses jetons ont pris fin.{given, select, no {} other { Motif indiqué : {reason}}}',
  'mail.clientResumed.subject': '{client} peut de nouveau être utilisé chez {tenant}',
  'mail.clientResumed.text':
    'L’administration de {tenant} a levé la suspension de {client}. On peut de nouveau s’en servir pour se connecter.',
};
