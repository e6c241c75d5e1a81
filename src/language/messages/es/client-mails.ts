import type { clientMails as en } from '../en/client-mails.js';
import type { Texts } from '../texts.js';

export const clientMails: Texts<typeof en> = {
  'mail.clientApproved.subject': '{client} se ha aprobado en {tenant}',
  'mail.clientApproved.text': 'Lo que envió para {client} se ha aprobado y es válido desde ahora.',
  'mail.clientRejected.subject': '{client} no se ha aprobado en {tenant}',
  'mail.clientRejected.text': 'La administración de {tenant} ha revisado {client} y no lo ha aprobado.',
  'mail.clientRejected.next': 'Puede cambiarlo y volver a enviarlo.',
  'mail.clientChangeRejected.subject': 'Los cambios de {client} no se han aprobado en {tenant}',
  'mail.clientChangeRejected.text':
    'La administración de {tenant} no ha aprobado los cambios que quería hacer en {client}. Sigue funcionando como antes.',
  'mail.clientDecision.reason': 'Motivo indicado: {reason}',
  'mail.clientDecision.button': 'Ver la aplicación',
  'mail.clientSuspended.subject': '{client} se ha suspendido en {tenant}',
  'mail.clientSuspended.text':
    'La administración de {tenant} ha suspendido {client}. Nadie puede iniciar sesión con él y sus tokens han terminado.{given, select, no {} other { Motivo indicado: {reason}}}',
  'mail.clientResumed.subject': '{client} puede volver a usarse en {tenant}',
  'mail.clientResumed.text':
    'La administración de {tenant} ha levantado la suspensión de {client}. Se puede volver a iniciar sesión con él.',
};
