import type { layout as en } from '../en/layout.js';
import type { Translation } from '../texts.js';

export const layout: Translation<typeof en> = {
  'title.error': 'خطأ: {title}',

  'footer.languages': 'اللغة',
  'footer.links': 'حول هذه المؤسسة',
  'footer.privacy': 'الخصوصية',
  'footer.terms': 'شروط الاستخدام',
  'footer.support': 'المساعدة',

  'client.unnamed': 'تطبيق بلا اسم',

  'back.toClient': 'العودة إلى {client}',

  'wait.seconds':
    'بعد {seconds, plural, zero {# ثانية} one {ثانية واحدة} two {ثانيتين} few {# ثوانٍ} many {# ثانية} other {# ثانية}}',
  'wait.minutes':
    'بعد {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}',
};
