import type { welcome as en } from '../en/welcome.js';
import type { Translation } from '../texts.js';

export const welcome: Translation<typeof en> = {
  'welcome.title': 'الخادم قيد التشغيل',
  'welcome.text':
    'Tenantry خادم تفويض متعدد المؤسسات لبروتوكولي OAuth 2.0 وOpenID Connect. تظهر هذه الصفحة في بيئة التطوير فقط.',
  'welcome.tenants': 'المؤسسات على هذا الخادم',
  'welcome.discovery': 'مستند الاكتشاف',
  'welcome.suspended': 'معلّقة: تستجيب كما لو أنها غير موجودة.',
  'welcome.topics': 'الخطوات التالية',
};
