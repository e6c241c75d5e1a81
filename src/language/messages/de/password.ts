import type { password as en } from '../en/password.js';
import type { Texts } from '../texts.js';

export const password: Texts<typeof en> = {
  'password.title': 'Passwort ändern',
  'password.text': 'Danach bleiben Sie hier angemeldet und werden überall sonst abgemeldet.',
  'password.current': 'Jetziges Passwort',
  'password.new': 'Neues Passwort',
  'password.again': 'Neues Passwort wiederholen',
  'password.rule':
    'Mindestens {count, number} Zeichen. Mehrere Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten.',
  'password.submit': 'Passwort ändern',
  'password.back': 'Zurück zu Ihrem Konto',
  'password.failed': 'Ihr Passwort wurde nicht geändert',
  'password.fields_required': 'Bitte füllen Sie alle drei Felder aus.',
  'password.not_repeated': 'Die beiden neuen Passwörter stimmen nicht überein. Bitte geben Sie sie noch einmal ein.',
  'password.wrong_password':
    'Das jetzige Passwort ist nicht richtig. Bitte prüfen Sie es und versuchen Sie es noch einmal.',
  'password.too_short': 'Das neue Passwort ist zu kurz. Es muss mindestens {count, number} Zeichen haben.',
  'password.too_long': 'Das neue Passwort ist zu lang. Es darf höchstens 256 Zeichen haben.',
  'password.too_common':
    'Das neue Passwort ist leicht zu erraten: Es ist verbreitet, folgt einem Muster oder enthält einen Namen oder ein Wort, das nicht erlaubt ist. Bitte wählen Sie ein anderes.',
  'password.unusable_character': 'Das neue Passwort enthält ein Zeichen, das nicht verwendet werden kann.',
  'password.breached':
    'Das neue Passwort ist aus einem Datenleck bekannt, und Angreifer probieren es aus. Bitte wählen Sie ein anderes, das Sie sonst nirgends verwenden.',
  'password.unchecked':
    'Wir können im Moment nicht prüfen, ob das neue Passwort aus einem Datenleck bekannt ist. Bitte versuchen Sie es gleich noch einmal.',
  'password.show': 'Anzeigen',
  'password.hide': 'Verbergen',
};
