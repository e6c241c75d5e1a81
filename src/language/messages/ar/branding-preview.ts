import type { brandingPreview as en } from '../en/branding-preview.js';
import type { Translation } from '../texts.js';

/** What administrators see of a branding before it is published. */
export const brandingPreview: Translation<typeof en> = {
  'brandingPreview.title': 'معاينة المظهر',
  'brandingPreview.text':
    'لا يرى هذا أحد غيرك. الروابط والنماذج في الصفحات لا تفعل شيئًا. ينتهي الرابط {until, date, moment}.',
  'brandingPreview.pages': 'الصفحات',
  'brandingPreview.mails': 'رسائل البريد',
  'brandingPreview.sender': 'من {name}، {address}.',
  'brandingPreview.replyTo': 'تُرسل الردود إلى {address}.',
  'brandingPreview.colors': 'الألوان',
  'brandingPreview.auto': 'بحسب المتصفح',
  'brandingPreview.light': 'فاتح',
  'brandingPreview.dark': 'داكن',
};
