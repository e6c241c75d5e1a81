import type { devMail as en } from '../en/dev-mail.js';
import type { Translation } from '../texts.js';

export const devMail: Translation<typeof en> = {
  'devMail.title': 'بريد هذا الخادم',
  'devMail.text': 'من دون SMTP_URL لا يرسل خادم التطوير أي بريد، بل يعرضه هنا. لا وجود لهذه الصفحة في بيئة الإنتاج.',
  'devMail.none': 'لم تُكتب أي رسالة بعد.',
  'devMail.to': 'إلى {to}',
  'devMail.from': 'من {from}',
  'devMail.sent': '{tenant}، {date, date, moment}',
  'devMail.back': 'كل الرسائل',
  'devMail.html': 'بصيغة HTML',
  'devMail.plain': 'بصيغة نصية',
};
