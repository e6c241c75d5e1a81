import type { welcome as en } from '../en/welcome.js';
import type { Translation } from '../texts.js';

export const welcome: Translation<typeof en> = {
  'welcome.title': 'El servidor está en marcha',
  'welcome.text':
    'Tenantry es un servidor de autorización para varias organizaciones con OAuth 2.0 y OpenID Connect. Esta página solo se muestra en desarrollo.',
  'welcome.tenants': 'Organizaciones en este servidor',
  'welcome.discovery': 'Documento de descubrimiento',
  'welcome.suspended': 'Suspendida: responde como si no existiera.',
  'welcome.topics': 'Por dónde seguir',
};
