import type { clientMails as en } from '../en/client-mails.js';
import type { Texts } from '../texts.js';

export const clientMails: Texts<typeof en> = {
  'mail.clientApproved.subject': 'تمت الموافقة على {client} لدى {tenant}',
  'mail.clientApproved.text': 'تمت الموافقة على ما قدّمته بخصوص {client}، وهو سارٍ من الآن.',
  'mail.clientRejected.subject': 'لم تتم الموافقة على {client} لدى {tenant}',
  'mail.clientRejected.text': 'راجعت إدارة {tenant} التطبيق {client} ولم توافق عليه.',
  'mail.clientRejected.next': 'يمكنك تعديله وتقديمه مرة أخرى.',
  'mail.clientChangeRejected.subject': 'لم تتم الموافقة على تغييرات {client} لدى {tenant}',
  'mail.clientChangeRejected.text': 'لم توافق إدارة {tenant} على ما أردت تغييره في {client}. يبقى كما كان.',
  'mail.clientDecision.reason': 'السبب المذكور: {reason}',
  'mail.clientDecision.button': 'عرض التطبيق',
  'mail.clientSuspended.subject': 'تم إيقاف {client} لدى {tenant}',
  'mail.clientSuspended.text':
    'أوقفت إدارة {tenant} التطبيق {client}. لا يمكن لأحد تسجيل الدخول به، وانتهت رموزه.{given, select, no {} other { السبب المذكور: {reason}}}',
  'mail.clientResumed.subject': 'يمكن استخدام {client} مجددًا لدى {tenant}',
  'mail.clientResumed.text': 'أعادت إدارة {tenant} تشغيل {client}. يمكن تسجيل الدخول به مجددًا.',
};
