import type { mail as en } from '../en/mail.js';
import type { Translation } from '../texts.js';

export const mail: Translation<typeof en> = {
  'mail.linkByHand': 'إذا لم يعمل الزر، فافتح هذا العنوان في متصفحك:',
  'mail.code': 'رمزك',
  'mail.footer': 'أُرسلت هذه الرسالة تلقائيًا من {tenant}.',
  'mail.noticeHint':
    'إذا لم تقم بذلك بنفسك، فغيّر كلمة المرور وتواصل مع {tenant}. لن يطلب منك أحد أبدًا كلمة المرور أو أي رمز.',
  'mail.codeHint': 'لا تشارك هذا الرمز مع أحد. لن يطلبه منك أي شخص من {tenant}.',
  'mail.support': 'المساعدة',
  'mail.privacy': 'الخصوصية',
  'mail.test.subject': 'رسالة اختبار من {tenant}',
  'mail.test.text': 'تُظهر هذه الرسالة أن بإمكان {tenant} إرسال البريد. وقد طُلبت من خلال واجهة برمجة الإدارة.',
  'mail.test.time': 'طُلبت في {date, date, moment}.',
  'mail.emailCode.subject': 'رمزك لدى {tenant}',
  'mail.emailCode.text':
    'يقوم شخص ما، وهو أنت على الأرجح، بتسجيل الدخول إلى حسابك لدى {tenant}. أدخل هذا الرمز في المتصفح الذي طلبته فيه. وهو صالح لمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}.',
  'mail.emailCode.closing':
    'لا نطلب هذا الرمز أبدًا عبر الهاتف أو البريد الإلكتروني. إذا لم تكن أنت، فإن شخصًا ما يعرف كلمة مرورك: يُرجى تغييرها.',
  'mail.emailChange.subject': 'أكّد عنوان بريدك الإلكتروني الجديد',
  'mail.emailChange.text':
    'يريد شخص ما، وهو أنت على الأرجح، استخدام هذا العنوان لحسابه لدى {tenant}. يُرجى تأكيد أنه عنوانك.',
  'mail.emailChange.button': 'تأكيد العنوان',
  'mail.emailChange.closing':
    'الرابط والرمز صالحان لمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}. إذا لم تكن أنت من طلب ذلك، فتجاهل هذه الرسالة: لن يتغير شيء.',
  'mail.emailChangeTaken.subject': 'تم إدخال عنوانك لدى {tenant}',
  'mail.emailChangeTaken.text':
    'يريد شخص ما استخدام هذا العنوان لحساب آخر لدى {tenant}. هذا العنوان مرتبط بحسابك، ولذلك لا يمكن ذلك.',
  'mail.emailChangeTaken.nothing':
    'لم يتغير شيء. إذا كنت أنت من طلب ذلك، فسجّل الدخول إلى الحساب الذي يحمل هذا العنوان، أو استخدم عنوانًا آخر.',
  'mail.emailChanged.subject': 'تم تغيير بريدك الإلكتروني لدى {tenant}',
  'mail.emailChanged.text': 'في {date, date, moment} تم تأكيد بريد إلكتروني آخر لحسابك. لم يعد هذا العنوان مرتبطًا به.',
  'mail.deletionScheduled.subject': 'سيتم حذف حسابك لدى {tenant}',
  'mail.deletionScheduled.text': 'لقد طلبت حذف حسابك. سيتم ذلك في {date, date, moment}.',
  'mail.deletionScheduled.keep': 'حتى ذلك الحين يمكنك تسجيل الدخول والاحتفاظ به.',
  'mail.deletionScheduled.button': 'الاحتفاظ بحسابي',
  'mail.accessGrant.subject': 'وصول أحد المشغلين إلى {tenant}',
  'mail.accessGrant.text':
    '{kind, select, requested {يطلب أحد مشغلي المنصة الوصول إلى أشخاص أو أسرار {tenant}. يبدأ الوصول عندما يوافق عليه أحد المالكين.} waiting {يطلب أحد مشغلي المنصة وصولًا طارئًا إلى أشخاص أو أسرار {tenant}. يبدأ في {date, date, moment} ما لم يرفضه أحد المالكين.} other {لدى أحد مشغلي المنصة وصول إلى أشخاص أو أسرار {tenant} حتى {date, date, moment}.}}',
  'mail.accessGrant.reason': 'السبب المذكور: {reason}',
  'mail.accessGrant.how':
    'كل استخدام مسجل في سجل التدقيق لديكم. يرى المالكون هذا الوصول ويوافقون عليه وينهونه عبر واجهة الإدارة أو سطر الأوامر، تحت access grants.',
  'mail.domainProof.subject':
    '{kind, select, lapsed {لم يعد {domain} عنوانًا لـ {tenant}} other {إثبات النطاق {domain} مفقود}}',
  'mail.domainProof.text':
    '{kind, select, failing {لم يعد من الممكن العثور على إثبات أن {tenant} يملك النطاق {domain}. لن يتغير شيء حتى {date, date, moment}. إذا ظل الإثبات مفقودًا حينها فلن يكون {domain} عنوانًا لـ {tenant}: لن يتمكن أحد من تسجيل الدخول هناك، ويمكن لآخرين المطالبة به.} ending {ما زال إثبات أن {tenant} يملك النطاق {domain} مفقودًا. ابتداءً من {date, date, moment} لن يكون {domain} عنوانًا لـ {tenant}: لن يتمكن أحد من تسجيل الدخول هناك، ويمكن لآخرين المطالبة به.} other {ظل إثبات أن {tenant} يملك النطاق {domain} مفقودًا مدة أطول من المسموح. لم يعد {domain} عنوانًا لـ {tenant}: لا يمكن لأحد تسجيل الدخول هناك، ويمكن لآخرين المطالبة به.}}',
  'mail.domainProof.how':
    'تعرض وحدة التحكم ضمن النطاقات ما يجب أن يكون عليه السجل أو الملف وما عُثر عليه. أعيدوا الإثبات واطلبوا التحقق منه هناك. إذا تخليتم عن النطاق فاحذفوه هناك.',
};
