import type { mail as en } from '../en/mail.js';
import type { Translation } from '../texts.js';

export const mail: Translation<typeof en> = {
  'mail.linkByHand': 'إذا لم يعمل الزر، فافتح هذا العنوان في متصفحك:',
  'mail.code': 'رمزك',
  'mail.footer': 'أُرسلت هذه الرسالة تلقائيًا من {tenant}.',
  'mail.noticeHint':
    'إذا لم تقم بذلك بنفسك، فغيّر كلمة المرور وتواصل مع {tenant}. لن يطلب منك أحد أبدًا كلمة المرور أو أي رمز.',
  'mail.codeHint': 'لا تشارك هذا الرمز مع أحد. لن يطلبه منك أي شخص من {tenant}.',
  'mail.support': 'المساعدة',
  'mail.privacy': 'الخصوصية',
  'mail.test.subject': 'رسالة اختبار من {tenant}',
  'mail.test.text': 'تُظهر هذه الرسالة أن بإمكان {tenant} إرسال البريد. وقد طُلبت من خلال واجهة برمجة الإدارة.',
  'mail.test.time': 'طُلبت في {date, date, moment}.',
};
