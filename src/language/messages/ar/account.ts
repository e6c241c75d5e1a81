import type { account as en } from '../en/account.js';
import type { Translation } from '../texts.js';

export const account: Translation<typeof en> = {
  'notice.accessWithdrawn.title': 'تم سحب الوصول',
  'notice.accessWithdrawn.text': 'لم يعد بإمكان التطبيق استخدام حسابك.',
  'notice.passwordChanged.title': 'تم تغيير كلمة المرور',
  'notice.passwordChanged.text': 'ستبقى مسجّل الدخول هنا. وقد تم تسجيل خروجك من جميع الأماكن الأخرى.',
  'notice.sessionsEnded.title': 'تم تسجيل خروجك من هناك',
  'notice.sessionsEnded.text': 'على التطبيقات التي استخدمت حسابك من خلال تلك الجلسة أن تطلب إذنك مرة أخرى.',

  'account.title': 'حسابك',
  'account.signedInAs': 'تم تسجيل الدخول باسم {name}',
  'account.signOut': 'تسجيل الخروج',
  'account.switch': 'استخدام حساب آخر',
  'account.console': 'لوحة الإدارة',
  'account.applications': 'التطبيقات التي لديها إذن بالوصول',
  'account.applicationsText': 'لقد سمحت لهذه التطبيقات باستخدام حسابك. يمكنك سحب الإذن في أي وقت.',
  'account.none': 'لا يوجد تطبيق لديه إذن بالوصول إلى حسابك.',
  'account.noneText': 'عندما تسمح لتطبيق باستخدام حسابك، ستجده هنا.',
  'account.allowedOn': 'تم السماح في {date, date, day}',
  'account.withdraw': 'سحب الوصول',
  'account.withdrawFrom': 'سحب الوصول من {client}',
  'account.changePassword': 'تغيير كلمة المرور',
  'account.places': 'الأماكن التي سجّلت الدخول منها',
  'account.placesText': 'إذا لم تتعرّف على إحدى هذه الجلسات، فسجّل الخروج منها وغيّر كلمة المرور.',
  'account.thisBrowser': 'هذا المتصفح',
  'account.device': '{browser} على {system}',
  'account.deviceUnknown': 'متصفح غير معروف',
  'account.signedInAt': 'تم تسجيل الدخول في {date, date, moment}',
  'account.lastSeenAt': 'آخر استخدام في {date, date, moment}',
  'account.endSession': 'تسجيل الخروج هناك',
  'account.endSessionOf': 'تسجيل الخروج من {device}',
  'account.endOthers': 'تسجيل الخروج من جميع الأماكن الأخرى',
  'account.overview': 'نظرة عامة',
  'account.security': 'الأمان',
  'account.securityText': 'كيف تثبت هويتك.',
  'account.attention': 'هذا يحتاج إلى انتباهك',
  'account.placesCount':
    '{count, plural, zero {لم تسجّل الدخول في أي متصفح.} one {سجّلت الدخول هنا فقط.} two {سجّلت الدخول في متصفحين.} few {سجّلت الدخول في # متصفحات.} many {سجّلت الدخول في # متصفحًا.} other {سجّلت الدخول في # متصفح.}}',
  'account.applicationsCount':
    '{count, plural, zero {لا يوجد تطبيق لديه إذن بالوصول.} one {تطبيق واحد لديه إذن بالوصول.} two {تطبيقان لديهما إذن بالوصول.} few {# تطبيقات لديها إذن بالوصول.} many {# تطبيقًا لديها إذن بالوصول.} other {# تطبيق لديها إذن بالوصول.}}',
  'account.passwordText': 'ستُطلب منك كلمة المرور الحالية.',
};
