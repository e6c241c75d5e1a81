import { defineTexts } from '../../texts/texts.js';

/** Whom a change of policy would break, by the codes of the dry run. Notes are by the member that is changed. */
export const impactTexts = defineTexts({
  en: {
    client_grant_refused:
      'is registered for the grant {grant}, which will be refused. It has to use authorization_code.',
    client_grant_ends:
      'is registered for the grant {grant}, which will be refused from {from, date, long} on. It has to use authorization_code.',
    client_pkce_required:
      'has to send code_challenge (PKCE, S256){rule, select, always {} other {, or the scope openid with a nonce}}. Whether it does is not known.',
    client_id_token_alg_changes: 'gets ID tokens signed with {to} in place of {from}, and has to accept that.',
    client_redirect_uri_refused: 'has the redirect URI {redirect_uri}, which the new policy does not allow.',
    grant_unused: 'It did not use the grant since uses are counted.',
    user_second_factor_missing: 'They have no second factor, and have to set one up at their next sign-in.',
    user_email_unverified: 'Their e-mail address is not verified, and they have to verify it after their next sign-in.',
    user_terms_to_accept: 'They have not accepted this version of the terms, and are asked to at their next sign-in.',
    user_passkey_refused: 'Their passkeys no longer sign them in.',
    note_password_min_length:
      'How long the passwords of people are is not known, because only digests are kept. The new length holds for new passwords.',
    note_access_token_signing_alg:
      'APIs that verify access tokens themselves have to accept {to}. What they accept is not known.',
  },
  de: {
    client_grant_refused:
      'ist für den Grant {grant} registriert, der dann abgelehnt wird. Sie muss authorization_code verwenden.',
    client_grant_ends:
      'ist für den Grant {grant} registriert, der ab dem {from, date, long} abgelehnt wird. Sie muss authorization_code verwenden.',
    client_pkce_required:
      'muss code_challenge (PKCE, S256) schicken{rule, select, always {} other { oder den Scope openid mit einer nonce}}. Ob sie das tut, ist nicht bekannt.',
    client_id_token_alg_changes: 'bekommt ID-Tokens, die mit {to} statt {from} signiert sind, und muss das annehmen.',
    client_redirect_uri_refused: 'hat die Redirect-URI {redirect_uri}, die die neue Richtlinie nicht erlaubt.',
    grant_unused: 'Sie hat den Grant nicht verwendet, seit gezählt wird.',
    user_second_factor_missing:
      'Sie haben keinen zweiten Faktor und müssen bei der nächsten Anmeldung einen einrichten.',
    user_email_unverified:
      'Ihre E-Mail-Adresse ist nicht bestätigt, und sie müssen sie nach der nächsten Anmeldung bestätigen.',
    user_terms_to_accept:
      'Sie haben diese Fassung der Bedingungen nicht angenommen und werden bei der nächsten Anmeldung darum gebeten.',
    user_passkey_refused: 'Mit ihren Passkeys können sie sich nicht mehr anmelden.',
    note_password_min_length:
      'Wie lang die Passwörter sind, ist nicht bekannt, weil nur Prüfsummen aufbewahrt werden. Die neue Länge gilt für neue Passwörter.',
    note_access_token_signing_alg:
      'APIs, die Access-Tokens selbst prüfen, müssen {to} annehmen. Was sie annehmen, ist nicht bekannt.',
  },
});
