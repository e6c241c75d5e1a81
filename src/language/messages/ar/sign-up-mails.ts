import type { signUpMails as en } from '../en/sign-up-mails.js';
import type { Translation } from '../texts.js';

export const signUpMails: Translation<typeof en> = {
  'mail.signUp.subject': 'أكّد عنوانك لدى {tenant}',
  'mail.signUp.text': 'يريد شخص ما، والأرجح أنه أنت، إنشاء حساب لدى {tenant} بالعنوان {address}.',
  'mail.signUp.how': 'أدخل هذا الرمز حيث بدأت، أو افتح الرابط وأكّد هناك. كلاهما صالح لمدة 24 ساعة.',
  'mail.signUp.button': 'تأكيد وإنشاء الحساب',
  'mail.signUp.notYou': 'إذا لم تكن أنت فلا حاجة إلى فعل شيء: لا يُنشأ أي حساب دون تأكيدك.',
  'mail.accountExists.subject': 'لديك حساب بالفعل لدى {tenant}',
  'mail.accountExists.text':
    'أراد شخص ما، والأرجح أنه أنت، استخدام العنوان {address} لحساب لدى {tenant}. يوجد حساب به بالفعل.',
  'mail.accountExists.how': 'سجّل الدخول به. إذا نسيت كلمة المرور فيمكنك إعادة تعيينها في صفحة تسجيل الدخول.',
  'mail.accountExists.button': 'تسجيل الدخول',
  'mail.accountExists.notYou': 'إذا لم تكن أنت فلا حاجة إلى فعل شيء. لم يتغير حسابك ولم يُخبَر أحد بشيء.',
  'mail.verifyAddress.subject': 'أكّد عنوانك لدى {tenant}',
  'mail.verifyAddress.text': 'يرجى تأكيد أن {address} هو عنوان حسابك لدى {tenant}.',
  'mail.verifyAddress.how': 'أدخل هذا الرمز حيث طُلب منك، أو افتح الرابط وأكّد هناك. كلاهما صالح لمدة 24 ساعة.',
  'mail.verifyAddress.button': 'تأكيد العنوان',
  'mail.verifyAddress.notYou': 'إذا لم تطلب ذلك فلا حاجة إلى فعل شيء.',
  'mail.invitation.subject': 'دعوة إلى {tenant}',
  'mail.invitation.text': 'أنت مدعو إلى إنشاء حساب لدى {tenant} بالعنوان {address}.',
  'mail.invitation.how': 'افتح الرابط واختر كلمة مرور ويصبح كل شيء جاهزًا.',
  'mail.invitation.button': 'قبول الدعوة',
  'mail.invitation.until': 'الدعوة صالحة حتى {until, date, moment}.',
  'mail.invitation.notYou': 'إذا لم تكن تعرف ما المقصود فلا حاجة إلى فعل شيء.',
  'mail.setPassword.subject': 'عيّن كلمة المرور الخاصة بك لدى {tenant}',
  'mail.setPassword.text': 'يمكنك تعيين كلمة المرور لحسابك لدى {tenant}.',
  'mail.setPassword.username': 'اسم المستخدم الخاص بك: {username}',
  'mail.setPassword.button': 'تعيين كلمة المرور',
  'mail.setPassword.until': 'الرابط صالح حتى {until, date, moment}.',
  'mail.setPassword.notYou': 'إذا لم تكن تعرف ما المقصود فلا حاجة إلى فعل شيء.',
};
