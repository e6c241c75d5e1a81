import type { setupLinks as en } from '../en/setup-links.js';
import type { Translation } from '../texts.js';

/** Links with which people without an account set a tenant up: their page and their mail. */
export const setupLinks: Translation<typeof en> = {
  'setupLink.title': 'إعداد {tenant}',
  'setupLink.text': 'يطلب منك {maker} القيام بما يلي من أجل {tenant}:',
  'setupLink.purpose.verify_domain': 'إثبات أن نطاقًا يعود إليك',
  'setupLink.purpose.brand': 'اختيار الشعار والألوان ونصوص الصفحات',
  'setupLink.until': 'الرابط صالح حتى {until, date, moment}.',
  'setupLink.again': 'يمكنك فتحه حتى ذلك الحين كلما احتجت إليه.',
  'setupLink.once': 'يمكن فتحه مرة واحدة. لديك بعدها ثماني ساعات.',
  'setupLink.account': 'لا تحتاج إلى حساب. ويُسجَّل ما تغيّره.',
  'setupLink.submit': 'ابدأ',
  'setupLink.ended': 'لم يعد هذا الرابط صالحًا',
  'setupLink.expired': 'انتهت مدته. اطلب رابطًا جديدًا ممن أرسله.',
  'setupLink.revoked': 'سُحب الرابط. اطلب رابطًا جديدًا ممن أرسله.',
  'setupLink.used': 'كان يمكن فتحه مرة واحدة وقد فُتح. اطلب رابطًا جديدًا ممن أرسله.',
  'setupLink.maker': 'لم يعد يحق لمن أنشأه القيام بما أُعدّ له. اطلب رابطًا جديدًا.',
  'setupLink.unknown': 'الرابط ناقص أو لم يعد محفوظًا. افتحه مجددًا كما وصلك أو اطلب رابطًا جديدًا.',
  'mail.setupLink.subject': 'يرجى إعداد {tenant}',
  'mail.setupLink.text':
    'يطلب منك {maker} {purpose, select, verify_domain {أن تثبت من أجل {tenant} أن نطاقًا يعود إليك} brand {أن تختار الشعار والألوان ونصوص صفحات {tenant}} other {أن تُعدّ بعض الأمور من أجل {tenant}}}.',
  'mail.setupLink.how': 'افتح الرابط واتبع الخطوات. لا تحتاج إلى حساب.',
  'mail.setupLink.button': 'ابدأ الإعداد',
  'mail.setupLink.until':
    'الرابط صالح حتى {until, date, moment}. كل من يملكه يستطيع القيام بذلك، فلا تمرّره إلا إلى من ينبغي له.',
  'mail.setupLink.notYou': 'إذا لم تكن تعرف ما المقصود فلا حاجة إلى فعل شيء.',
};
