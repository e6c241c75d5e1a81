import type { signOut as en } from '../en/sign-out.js';
import type { Texts } from '../texts.js';

export const signOut: Texts<typeof en> = {
  'signOut.title': 'Abmelden?',
  'signOut.heading': 'Bei {tenant} abmelden?',
  'signOut.byClient': '{client} bittet darum, Sie abzumelden.',
  'signOut.signedInAs': 'Sie sind als {name} angemeldet.',
  'signOut.text':
    'Ihre Sitzung in diesem Browser wird beendet. In Anwendungen, bei denen Sie sich angemeldet haben, bleiben Sie unter Umständen angemeldet, bis Sie sich auch dort abmelden.',
  'signOut.confirm': 'Abmelden',
  'signOut.stay': 'Angemeldet bleiben',

  'signedOut.title': 'Sie sind abgemeldet',
  'signedOut.text': 'Ihre Sitzung bei {tenant} wurde in diesem Browser beendet.',
  'signedOut.shared':
    'Wenn auch andere dieses Gerät benutzen, melden Sie sich bitte auch in den genutzten Anwendungen ab und schließen Sie das Browserfenster.',
  'signedOut.applications': 'Anwendungen',
  'signedOut.notified': 'Abgemeldet',
  'signedOut.failed': 'Nicht erreicht – bitte melden Sie sich dort selbst ab',
  'signedOut.signInAgain': 'Erneut anmelden',
};
