import type { WordTable } from '../../texts/words.js';

/** Why there would be no token, by the error of OAuth. Whoever reads English has the platform's own words. */
export const refusalTexts = {
  de: {
    invalid_scope: 'Die Anwendung fragt einen Scope an, den sie nicht haben darf.',
    invalid_target:
      'Die Anwendung fragt eine API an, die sie nicht verwenden darf, oder APIs, die nicht zusammengehen.',
    invalid_grant: 'Die Person bekommt keine Tokens, wie das Konto jetzt ist.',
    unauthorized_client: 'Die Anwendung darf diesen Grant nicht verwenden.',
    access_denied: 'Die Person darf die Anwendung nicht verwenden.',
  },
} satisfies WordTable;
