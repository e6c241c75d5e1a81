import type { welcome as en } from '../en/welcome.js';
import type { Translation } from '../texts.js';

export const welcome: Translation<typeof en> = {
  'welcome.title': 'Le serveur fonctionne',
  'welcome.text':
    'Tenantry est un serveur d’autorisation multi-organisations pour OAuth 2.0 et OpenID Connect. Cette page n’est affichée qu’en développement.',
  'welcome.tenants': 'Organisations sur ce serveur',
  'welcome.discovery': 'Document de découverte',
  'welcome.suspended': 'Suspendue : elle répond comme si elle n’existait pas.',
  'welcome.topics': 'Pour aller plus loin',
};
