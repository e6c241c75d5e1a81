import type { welcome as en } from '../en/welcome.js';
import type { Texts } from '../texts.js';

export const welcome: Texts<typeof en> = {
  'welcome.title': 'Der Server läuft',
  'welcome.text':
    'Tenantry ist ein mandantenfähiger Autorisierungsserver für OAuth 2.0 und OpenID Connect. Diese Seite erscheint nur in der Entwicklung.',
  'welcome.tenants': 'Mandanten auf diesem Server',
  'welcome.discovery': 'Discovery-Dokument',
  'welcome.suspended': 'Gesperrt: Er antwortet, als gäbe es ihn nicht.',
  'welcome.topics': 'So geht es weiter',
};
