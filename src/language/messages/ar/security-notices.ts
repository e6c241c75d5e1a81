import type { securityNotices as en } from '../en/security-notices.js';
import type { Translation } from '../texts.js';

export const securityNotices: Translation<typeof en> = {
  'securityNotice.when': 'حدث ذلك في {at, date, moment}{address, select, none {} other { من عنوان الشبكة {address}}}.',
  'securityNotice.account': 'عرض حسابك',
  'securityNotice.passwordChanged.subject': 'تم تغيير كلمة مرورك لدى {tenant}',
  'securityNotice.passwordChanged.text': 'تم تغيير كلمة مرور حسابك {username} لدى {tenant}.',
  'securityNotice.passwordReset.subject': 'تمت إعادة تعيين كلمة مرورك لدى {tenant}',
  'securityNotice.passwordReset.text':
    'اختيرت كلمة مرور جديدة لحسابك {username} لدى {tenant}، برابط أو رمز أرسلناه إلى هذا العنوان.',
  'securityNotice.passwordSet.subject': 'عيّنت الإدارة كلمة مرورك لدى {tenant}',
  'securityNotice.passwordSet.text': 'عيّنت الإدارة كلمة مرور جديدة لحسابك {username} لدى {tenant}.',
  'securityNotice.emailSet.subject': 'غيّرت الإدارة بريدك الإلكتروني لدى {tenant}',
  'securityNotice.emailSet.text': 'غيّرت الإدارة البريد الإلكتروني لحسابك {username} لدى {tenant}. وهو الآن {email}.',
  'securityNotice.phoneChanged.subject': 'تم تغيير رقم هاتفك لدى {tenant}',
  'securityNotice.phoneChanged.text': 'تم تغيير رقم الهاتف لحسابك {username} لدى {tenant}.',
  'securityNotice.totpAdded.subject': 'أُضيف تطبيق مصادقة إلى حسابك لدى {tenant}',
  'securityNotice.totpAdded.text':
    'أُضيف تطبيق مصادقة إلى حسابك {username} لدى {tenant}. يمكن لرموزه الآن تأكيد تسجيل الدخول.',
  'securityNotice.totpRemoved.subject': 'أُزيل تطبيق مصادقة من حسابك لدى {tenant}',
  'securityNotice.totpRemoved.text': 'أُزيل تطبيق مصادقة من حسابك {username} لدى {tenant}. لم تعد رموزه صالحة.',
  'securityNotice.passkeyAdded.subject': 'أُضيف مفتاح مرور إلى حسابك لدى {tenant}',
  'securityNotice.passkeyAdded.text': 'أُضيف مفتاح المرور «{name}» إلى حسابك {username} لدى {tenant}.',
  'securityNotice.passkeyRemoved.subject': 'أُزيل مفتاح مرور من حسابك لدى {tenant}',
  'securityNotice.passkeyRemoved.text': 'أُزيل مفتاح المرور «{name}» من حسابك {username} لدى {tenant}.',
  'securityNotice.recoveryCodesMade.subject': 'رموز استرداد جديدة لحسابك لدى {tenant}',
  'securityNotice.recoveryCodesMade.text':
    'أُنشئت رموز استرداد جديدة لحسابك {username} لدى {tenant}. لم تعد الرموز القديمة صالحة.',
  'securityNotice.recoveryCodeUsed.subject': 'استُخدم رمز استرداد لحسابك لدى {tenant}',
  'securityNotice.recoveryCodeUsed.text':
    'سجّل شخص ما الدخول برمز استرداد لحسابك {username} لدى {tenant}. {left, plural, =0 {لم يتبقَّ أي رمز} zero {لم يتبقَّ أي رمز} one {بقي رمز واحد} two {بقي رمزان} few {بقيت # رموز} many {بقي # رمزًا} other {بقي # رمز}}.',
  'securityNotice.factorsReset.subject': 'أعادت الإدارة تعيين عاملك الثاني لدى {tenant}',
  'securityNotice.factorsReset.text':
    'أزالت الإدارة ما يؤكد عمليات تسجيل دخولك لدى {tenant} إلى جانب كلمة مرور حسابك {username}.',
  'securityNotice.factorAdded.subject': 'أصبح لحسابك لدى {tenant} عامل ثانٍ جديد',
  'securityNotice.factorAdded.text':
    'تم إعداد «{factor}» لحسابك {username} لدى {tenant}. يمكنه الآن تأكيد تسجيل الدخول.',
  'securityNotice.factorRemoved.subject': 'أُزيل عامل ثانٍ من حسابك لدى {tenant}',
  'securityNotice.factorRemoved.text': 'أُزيل «{factor}» من حسابك {username} لدى {tenant}. لم يعد يؤكد تسجيل الدخول.',
  'securityNotice.devicesForgotten.subject': 'لم يعد أي متصفح محفوظًا لدى {tenant}',
  'securityNotice.devicesForgotten.text':
    'أُلغي حفظ المتصفحات المرتبطة بحسابك {username} لدى {tenant}. ستُطلب الخطوة الثانية في كل مكان من جديد.',
  'securityNotice.emailAdded.subject': 'أصبح هذا العنوان تابعًا لحسابك لدى {tenant}',
  'securityNotice.emailAdded.text': 'تم تغيير عنوان البريد الإلكتروني لحسابك {username} لدى {tenant} إلى هذا العنوان.',
};
