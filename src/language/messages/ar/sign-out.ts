import type { signOut as en } from '../en/sign-out.js';
import type { Translation } from '../texts.js';

export const signOut: Translation<typeof en> = {
  'signOut.title': 'تسجيل الخروج؟',
  'signOut.heading': 'هل تريد تسجيل الخروج من {tenant}؟',
  'signOut.byClient': 'يطلب {client} تسجيل خروجك.',
  'signOut.signedInAs': 'أنت مسجّل الدخول باسم {name}.',
  'signOut.text':
    'سيؤدي ذلك إلى إنهاء جلستك في هذا المتصفح. قد تبقى مسجّل الدخول في التطبيقات التي استخدمتها إلى أن تسجّل الخروج منها أيضًا.',
  'signOut.confirm': 'تسجيل الخروج',
  'signOut.stay': 'البقاء مسجّل الدخول',

  'signedOut.title': 'تم تسجيل خروجك',
  'signedOut.text': 'انتهت جلستك لدى {tenant} في هذا المتصفح.',
  'signedOut.shared':
    'إذا كان هناك أشخاص آخرون يستخدمون هذا الجهاز، فيُرجى أيضًا تسجيل الخروج من التطبيقات التي استخدمتها وإغلاق نافذة المتصفح.',
  'signedOut.applications': 'التطبيقات',
  'signedOut.notified': 'تم تسجيل الخروج',
  'signedOut.failed': 'تعذّر الوصول إليه – يُرجى تسجيل الخروج منه بنفسك',
  'signedOut.signInAgain': 'تسجيل الدخول مرة أخرى',
};
