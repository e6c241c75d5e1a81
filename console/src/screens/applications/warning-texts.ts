import { defineTexts } from '../../texts/texts.js';

/** What was accepted and will not work as it is, by the codes of the API. */
export const warningTexts = defineTexts({
  en: {
    grant_type_forbidden: 'The policy of the tenant forbids one of the grants.',
    no_grant_type: 'Without a grant the application gets no token.',
    refresh_token_never_issued: 'None of the grants gives a refresh token.',
    no_effect: 'The setting {setting} has no effect beside the others.',
    unknown_scope: 'No API has one of the scopes, and it was left out.',
    openid_missing: 'Without the scope openid there is no ID token and no userinfo.',
    offline_access_unused: 'The scope offline_access has no effect without the grant refresh_token.',
    scope_without_user: 'A scope is about a person, and the application acts for itself.',
    shared_scope_name: 'Another API has a scope of the same name. Give it to applications by this API.',
    cannot_introspect:
      'One of the applications cannot ask about tokens: it has to be enabled and to have a secret or a key.',
    nobody_can_introspect: 'Nobody can tell what a token is worth: choose an application that may ask.',
    platform_says: 'The platform says of it, in English:',
  },
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
    platform_says: 'Die Plattform sagt dazu, auf Englisch:',
  },
});
