import type { password as en } from '../en/password.js';
import type { Translation } from '../texts.js';

export const password: Translation<typeof en> = {
  'password.title': 'تغيير كلمة المرور',
  'password.text': 'ستبقى بعد ذلك مسجّل الدخول هنا، وسيتم تسجيل خروجك من جميع الأماكن الأخرى.',
  'password.current': 'كلمة المرور الحالية',
  'password.new': 'كلمة المرور الجديدة',
  'password.again': 'تأكيد كلمة المرور الجديدة',
  'password.rule':
    '{count, plural, zero {# حرف} one {حرف واحد} two {حرفان} few {# أحرف} many {# حرفًا} other {# حرف}} على الأقل. من السهل تذكّر عدة كلمات لا صلة بينها ومن الصعب تخمينها.',
  'password.submit': 'تغيير كلمة المرور',
  'password.back': 'العودة إلى حسابك',
  'password.failed': 'لم يتم تغيير كلمة المرور',
  'password.fields_required': 'يُرجى ملء الحقول الثلاثة.',
  'password.not_repeated': 'كلمتا المرور الجديدتان غير متطابقتين. يُرجى إدخالهما مرة أخرى.',
  'password.wrong_password': 'كلمة المرور الحالية غير صحيحة. يُرجى التحقق منها وإعادة المحاولة.',
  'password.too_short':
    'كلمة المرور الجديدة قصيرة جدًا. يجب أن تتكون من {count, plural, zero {# حرف} one {حرف واحد} two {حرفين} few {# أحرف} many {# حرفًا} other {# حرف}} على الأقل.',
  'password.too_long': 'كلمة المرور الجديدة طويلة جدًا. يمكن أن تتكون من 256 حرفًا على الأكثر.',
  'password.too_common':
    'من السهل تخمين كلمة المرور الجديدة: فهي شائعة أو تتبع نمطًا أو تحتوي على اسم أو كلمة غير مسموح بها. يُرجى اختيار كلمة أخرى.',
  'password.unusable_character': 'تحتوي كلمة المرور الجديدة على رمز لا يمكن استخدامه.',
  'password.breached':
    'كلمة المرور الجديدة معروفة من تسريب بيانات، والمهاجمون يجرّبونها. يُرجى اختيار كلمة أخرى لا تستخدمها في أي مكان آخر.',
  'password.unchecked':
    'لا يمكننا الآن التحقق مما إذا كانت كلمة المرور الجديدة معروفة من تسريب بيانات. يُرجى إعادة المحاولة بعد قليل.',
  'password.show': 'إظهار',
  'password.hide': 'إخفاء',
};
