import type { consent as en } from '../en/consent.js';
import type { Translation } from '../texts.js';

export const consent: Translation<typeof en> = {
  'consent.title': 'هل تريد السماح بوصول {client}؟',
  'consent.heading': 'يطلب {client} الوصول إلى حسابك لدى {tenant}',
  'consent.headingMore': 'يطلب {client} أذونات إضافية لحسابك لدى {tenant}',
  'consent.firstParty': 'تطبيق من {tenant}',
  'consent.verified': 'معتمد من {tenant}',
  'consent.unverified': 'غير معتمد من {tenant}',
  'consent.unverifiedHint': 'لا تسمح بذلك إلا إذا كنت تعرف التطبيق وبدأت هذه العملية بنفسك.',
  'consent.signedInAs': 'تم تسجيل الدخول باسم {name}',
  'consent.switchAccount': 'ليس حسابك؟',
  'consent.scopes': 'إذا سمحت بذلك، يمكن للتطبيق:',
  'consent.account': 'حسابك',
  'consent.new': 'جديد',
  'consent.alreadyAllowed': 'مسموح به سابقًا',
  'consent.otherScope': 'استخدام الإذن {scope}',
  'consent.withdraw': 'يمكنك سحب هذا الإذن في أي وقت من <account>حسابك</account>.',
  'consent.withdrawPlain': 'يمكنك سحب هذا الإذن في أي وقت من حسابك.',
  'consent.privacy': 'سياسة خصوصية التطبيق',
  'consent.terms': 'شروط استخدام التطبيق',
  'consent.return': 'ستعود بعد ذلك إلى {host}.',
  'consent.approve': 'السماح',
  'consent.deny': 'رفض',

  'scope.openid': 'التعرّف عليك عند عودتك',
  'scope.profile': 'الاطلاع على ملفك الشخصي: الاسم والصورة وتاريخ الميلاد واللغة وما شابه ذلك',
  'scope.email': 'الاطلاع على بريدك الإلكتروني ومعرفة ما إذا كان مؤكَّدًا',
  'scope.address': 'الاطلاع على عنوانك البريدي',
  'scope.phone': 'الاطلاع على رقم هاتفك ومعرفة ما إذا كان مؤكَّدًا',
  'scope.offline_access': 'الاحتفاظ بهذا الوصول في غيابك إلى أن تسحبه',
};
