import type { WordTable } from '../../texts/words.js';

/** What was accepted and will not work as it is, by the codes of the API, whose own words are the English ones. */
export const warningTexts = {
  de: {
    grant_type_forbidden: 'Die Richtlinie des Mandanten verbietet einen der Grants.',
    no_grant_type: 'Ohne Grant bekommt die Anwendung kein Token.',
    refresh_token_never_issued: 'Keiner der Grants gibt ein Refresh-Token.',
    no_effect: 'Die Einstellung {setting} bewirkt neben den anderen nichts.',
    unknown_scope: 'Keine API hat einen der Scopes; er wurde weggelassen.',
    openid_missing: 'Ohne den Scope openid gibt es kein ID-Token und kein Userinfo.',
    offline_access_unused: 'Der Scope offline_access bewirkt ohne den Grant refresh_token nichts.',
    scope_without_user: 'Ein Scope betrifft eine Person, und die Anwendung handelt für sich selbst.',
    shared_scope_name: 'Eine andere API hat einen Scope mit demselben Namen. Geben Sie ihn Anwendungen über diese API.',
    cannot_introspect:
      'Eine der Anwendungen kann nicht nach Tokens fragen: sie muss eingeschaltet sein und ein Secret oder einen Schlüssel haben.',
    nobody_can_introspect: 'Niemand kann sagen, was ein Token gilt: wählen Sie eine Anwendung, die fragen darf.',
  },
} satisfies WordTable;
