import type { signIn as en } from '../en/sign-in.js';
import type { Translation } from '../texts.js';

export const signIn: Translation<typeof en> = {
  'signIn.title': 'تسجيل الدخول إلى {tenant}',
  'signIn.continueTo': 'المتابعة إلى',
  'signIn.username': 'اسم المستخدم',
  'signIn.identifier': 'اسم المستخدم أو البريد الإلكتروني',
  'signIn.password': 'كلمة المرور',
  'signIn.submit': 'تسجيل الدخول',
  'signIn.next': 'متابعة',
  'signIn.as': 'تسجيل الدخول باسم {name}',
  'signIn.rememberMe': 'إبقائي مسجَّل الدخول على هذا الجهاز',
  'signIn.forgotPassword': 'هل نسيت كلمة المرور؟',
  'signIn.continueAs': 'المتابعة باسم {name}',
  'signIn.signOutOf': 'تسجيل خروج {name}',
  'signIn.otherAccount': 'أو استخدام حساب آخر',

  'notice.invalidCredentials.title': 'تعذّر تسجيل الدخول',
  'notice.invalidCredentials.text': 'اسم المستخدم أو كلمة المرور غير صحيحة. يُرجى التحقق منهما وإعادة المحاولة.',
  'notice.credentialsRequired.title': 'هناك معلومات ناقصة',
  'notice.credentialsRequired.text': 'يُرجى إدخال اسم المستخدم وكلمة المرور.',
  'notice.identifierRequired.title': 'هناك معلومات ناقصة',
  'notice.identifierRequired.text': 'يُرجى إدخال اسم المستخدم.',
  'notice.tooManyAttempts.title': 'محاولات كثيرة جدًا',
  'notice.tooManyAttempts.text': 'لحمايتك، تم إيقاف تسجيل الدخول مؤقتًا. يُرجى إعادة المحاولة لاحقًا.',
  'notice.tooManyAttempts.wait': 'لحمايتك، تم إيقاف تسجيل الدخول مؤقتًا. يُرجى إعادة المحاولة {wait}.',
  'notice.busy.title': 'الخدمة مشغولة جدًا الآن',
  'notice.busy.text': 'لم نتمكن من التحقق من معلوماتك بعد. يُرجى إعادة المحاولة بعد بضع ثوانٍ.',
  'notice.csrf.title': 'يُرجى إرسال النموذج مرة أخرى',
  'notice.csrf.text':
    'ظل النموذج مفتوحًا لفترة طويلة جدًا، أو رفض متصفحك ملف تعريف الارتباط الخاص بنا. يُرجى السماح بملفات تعريف الارتباط لهذا الموقع وإعادة المحاولة.',
  'notice.sessionExpired.title': 'تم تسجيل خروجك',
  'notice.sessionExpired.text': 'انتهت جلستك. يُرجى تسجيل الدخول مرة أخرى للمتابعة.',
  'notice.reauthenticate.title': 'يُرجى تأكيد هويتك',
  'notice.reauthenticate.text': 'يطلب منك التطبيق إدخال كلمة المرور مرة أخرى.',
  'notice.otherAccount.title': 'يُرجى استخدام الحساب المطلوب',
  'notice.otherAccount.text': 'يطلب التطبيق حسابًا غير الحساب الذي سجّلت الدخول به.',
};
