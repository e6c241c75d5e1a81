import type { attributes as en } from '../en/attributes.js';
import type { Texts } from '../texts.js';

export const attributes: Texts<typeof en> = {
  'attributes.title': 'أكمل ملفك الشخصي',
  'attributes.text': 'يحتاج {tenant} إلى هذه المعلومات من {username} قبل المتابعة.',
  'attributes.submit': 'حفظ ومتابعة',
  'attributes.leave': 'ليس الآن',
  'attributes.missing': 'أكمل ملفك الشخصي',
  'attributes.choose': 'يرجى الاختيار',
  'attributes.yes': 'نعم',
  'attributes.no': 'لا',
  'attributes.lines': 'إدخال واحد في كل سطر.',
  'profile.fault.missing': 'هذه المعلومة مطلوبة.',
  'profile.fault.not_a_number': 'هذا ليس رقمًا.',
  'profile.fault.not_a_choice': 'يرجى الاختيار من الخيارات المعروضة.',
  'profile.fault.too_many': 'عدد الإدخالات كبير جدًا.',
};
