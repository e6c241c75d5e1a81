import type { account as english } from '../en/account.js';

export const account: Readonly<Record<keyof typeof english, string>> = {
  'account.overview': 'Übersicht',
  'account.security': 'Sicherheit',
  'account.securityText': 'Wie Sie nachweisen, dass Sie es sind.',
  'account.attention': 'Bitte beachten Sie',
  'account.placesCount': '{count, plural, one {Nur hier angemeldet.} other {In # Browsern angemeldet.}}',
  'account.applicationsCount':
    '{count, plural, =0 {Keine Anwendung hat Zugriff.} one {Eine Anwendung hat Zugriff.} other {# Anwendungen haben Zugriff.}}',
  'account.passwordText': 'Sie werden nach dem jetzigen gefragt.',
};
