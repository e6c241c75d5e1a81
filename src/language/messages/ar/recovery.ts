import type { recovery as en } from '../en/recovery.js';
import type { Translation } from '../texts.js';

export const recovery: Translation<typeof en> = {
  'recovery.forgot.title': 'هل نسيت كلمة المرور؟',
  'recovery.forgot.text':
    'أخبرنا من أنت. إذا كان هناك حساب له عنوان بريد إلكتروني مؤكَّد، فسنرسل رابطًا ورمزًا إلى ذلك العنوان.',
  'recovery.forgot.identifier': 'اسم المستخدم أو البريد الإلكتروني',
  'recovery.forgot.submit': 'إرسال',
  'recovery.forgot.username': 'هل نسيت اسم المستخدم؟',
  'recovery.toSignIn': 'العودة إلى تسجيل الدخول',

  'recovery.sent.title': 'تفقّد بريدك',
  'recovery.sent.text':
    'إذا كان هناك حساب له عنوان بريد إلكتروني مؤكَّد، فهناك رسالة في الطريق فيها رابط ورمز. كلاهما صالح لمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}.',
  'recovery.sent.link': 'يعمل الرابط على أي جهاز، أما الرمز فيعمل في هذا المتصفح فقط.',
  'recovery.sent.code': 'الرمز الوارد في الرسالة',
  'recovery.sent.submit': 'متابعة',
  'recovery.sent.none':
    'لم يصل شيء؟ تفقّد البريد غير المرغوب فيه أيضًا. الرسالة الأحدث وحدها صالحة، وبعد عدة رسائل ننتظر قليلًا قبل إرسال رسالة أخرى.',
  'recovery.sent.again': 'طلب رسالة أخرى',

  'recovery.reset.title': 'اختيار كلمة مرور جديدة',
  'recovery.reset.account': 'للحساب {name}',
  'recovery.reset.endSessions': 'تسجيل خروجي من كل مكان',
  'recovery.reset.endSessionsHint':
    'يُنصح بذلك إذا كان من الممكن أن يعرف شخص آخر كلمة مرورك. سيتعيّن على التطبيقات أن تطلب إذنك من جديد.',
  'recovery.reset.submit': 'حفظ كلمة المرور الجديدة',
  'recovery.reset.fields_required': 'يُرجى ملء الحقلين.',

  'recovery.gone.title': 'لم يعد هذا الرابط صالحًا',
  'recovery.gone.text':
    'لقد استُخدم بالفعل، أو أصبح قديمًا، أو حلّت محله رسالة أحدث أو كلمة مرور أخرى. لا توجد مشكلة في حسابك.',
  'recovery.off.title': 'لا يُعاد تعيين كلمات المرور هنا',
  'recovery.off.text': 'يُرجى طلب كلمة مرور جديدة من إدارة {tenant}.',

  'recovery.username.title': 'هل نسيت اسم المستخدم؟',
  'recovery.username.text':
    'إذا كان لحساب ما عنوان البريد الإلكتروني هذا وكان مؤكَّدًا، فسنرسل رسالة فيها اسم المستخدم. ويمكنك أيضًا تسجيل الدخول بعنوان بريدك الإلكتروني.',
  'recovery.username.email': 'البريد الإلكتروني',
  'recovery.username.submit': 'إرسال',
  'recovery.username.sentTitle': 'تفقّد بريدك',
  'recovery.username.sentText':
    'إذا كان لحساب ما عنوان البريد الإلكتروني هذا وكان مؤكَّدًا، فهناك رسالة في الطريق فيها اسم المستخدم.',

  'recovery.notice.identifier_required.title': 'هناك شيء ناقص',
  'recovery.notice.identifier_required.text': 'يُرجى ملء الحقل.',
  'recovery.notice.wrong_code.title': 'غير مطابق',
  'recovery.notice.wrong_code.text': 'الرمز غير صحيح. يُرجى التحقق من أحدث رسالة وإعادة المحاولة.',
  'recovery.notice.spent_code.title': 'لم يعد هذا الرمز صالحًا',
  'recovery.notice.spent_code.text':
    'لقد جُرّب مرات كثيرة، أو استُخدم، أو أصبح قديمًا، أو يخص متصفحًا آخر. يُرجى طلب رسالة أخرى أو استخدام الرابط.',
  'recovery.notice.too_many_requests.title': 'طلبات كثيرة جدًا',
  'recovery.notice.too_many_requests.text': 'طُلبت رسائل من شبكتك مرات كثيرة. يُرجى المحاولة مرة أخرى {wait}.',

  'notice.passwordReset.title': 'تم تغيير كلمة مرورك',
  'notice.passwordReset.text': 'يُرجى تسجيل الدخول بكلمة المرور الجديدة.',
  'notice.passwordResetElsewhere.title': 'تم تغيير كلمة مرورك',
  'notice.passwordResetElsewhere.text':
    'يمكنك العودة إلى المتصفح الذي بدأت فيه وتسجيل الدخول هناك بكلمة المرور الجديدة. أو سجّل الدخول هنا لرؤية حسابك.',

  'activity.user.password_reset_requested': 'طُلبت رسالة بسبب نسيان كلمة المرور',
  'activity.user.password_reset': 'اختيرت كلمة مرور جديدة بدل المنسية',

  'password.mustChange': 'تطلب منك الإدارة اختيار كلمة مرور جديدة قبل المتابعة.',
  'password.unchanged': 'كلمة المرور الجديدة هي نفسها الحالية. يُرجى اختيار كلمة أخرى.',

  'mail.passwordReset.subject': 'اختر كلمة مرور جديدة لدى {tenant}',
  'mail.passwordReset.text': 'أبلغ شخص ما، وهو أنت على الأرجح، {tenant} بأن كلمة مرور الحساب {username} منسية.',
  'mail.passwordReset.how': 'بالزر تختار كلمة جديدة على أي جهاز. أو أدخل الرمز في المتصفح الذي قدّمت فيه الطلب.',
  'mail.passwordReset.button': 'اختيار كلمة مرور جديدة',
  'mail.passwordReset.closing':
    'يُستخدم الرابط والرمز مرة واحدة ولمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}. إذا لم تكن أنت، فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.',
  'mail.passwordResetByAdministrator.text':
    'تطلب منك إدارة {tenant} اختيار كلمة مرور جديدة للحساب {username}. وحتى ذلك الحين تبقى الحالية صالحة.',
  'mail.passwordResetByAdministrator.closing':
    'يُستخدم الرابط مرة واحدة ولمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}. وبعد ذلك يمكنك طلب رابط آخر من صفحة تسجيل الدخول.',
  'mail.usernameReminder.subject': 'اسم المستخدم الخاص بك لدى {tenant}',
  'mail.usernameReminder.text':
    'طلب شخص ما، وهو أنت على الأرجح، من {tenant} اسم المستخدم لعنوان البريد الإلكتروني هذا. وهو: {username}',
  'mail.usernameReminder.button': 'تسجيل الدخول',
  'mail.usernameReminder.closing': 'إذا لم تكن أنت، فلا تفعل شيئًا.',
};
