import type { formPost as en } from '../en/form-post.js';
import type { Translation } from '../texts.js';

export const formPost: Translation<typeof en> = {
  'formPost.title': 'لحظة من فضلك',
  'formPost.text': 'تتم إعادتك الآن إلى {client}.',
  'formPost.textPlain': 'تتم إعادتك الآن إلى التطبيق.',
  'formPost.byHand': 'إذا لم يحدث شيء، فيُرجى المتابعة بنفسك.',
  'formPost.submit': 'متابعة',
};
