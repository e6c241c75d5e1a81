import type { Messages } from './en.js';

export const de: Messages = {
  'title.error': 'Fehler: {title}',
  'footer.languages': 'Sprache',
  'footer.links': 'Über diese Organisation',
  'footer.privacy': 'Datenschutz',
  'footer.terms': 'Nutzungsbedingungen',
  'footer.support': 'Hilfe',
  'client.unnamed': 'eine Anwendung ohne Namen',

  'signIn.title': 'Bei {tenant} anmelden',
  'signIn.continueTo': 'Weiter zu',
  'signIn.username': 'Benutzername',
  'signIn.password': 'Passwort',
  'signIn.submit': 'Anmelden',
  'signIn.forgotPassword': 'Passwort vergessen?',
  'signIn.continueAs': 'Weiter als {name}',
  'signIn.otherAccount': 'oder ein anderes Konto verwenden',

  'notice.invalidCredentials.title': 'Die Anmeldung war nicht erfolgreich',
  'notice.invalidCredentials.text':
    'Benutzername oder Passwort ist nicht richtig. Bitte prüfen Sie beides und versuchen Sie es noch einmal.',
  'notice.credentialsRequired.title': 'Es fehlt noch etwas',
  'notice.credentialsRequired.text': 'Bitte geben Sie Ihren Benutzernamen und Ihr Passwort ein.',
  'notice.tooManyAttempts.title': 'Zu viele Versuche',
  'notice.tooManyAttempts.text':
    'Zu Ihrem Schutz ist die Anmeldung vorübergehend gesperrt. Bitte versuchen Sie es später noch einmal.',
  'notice.tooManyAttempts.wait':
    'Zu Ihrem Schutz ist die Anmeldung gesperrt. Bitte versuchen Sie es {wait} noch einmal.',
  'notice.busy.title': 'Der Dienst ist zurzeit ausgelastet',
  'notice.busy.text':
    'Wir konnten Ihre Angaben noch nicht prüfen. Bitte versuchen Sie es in einigen Sekunden noch einmal.',
  'notice.csrf.title': 'Bitte senden Sie das Formular noch einmal ab',
  'notice.csrf.text':
    'Es war zu lange geöffnet, oder Ihr Browser hat unser Cookie abgelehnt. Bitte erlauben Sie Cookies für diese Seite und versuchen Sie es noch einmal.',
  'notice.sessionExpired.title': 'Sie wurden abgemeldet',
  'notice.sessionExpired.text': 'Ihre Sitzung ist beendet. Bitte melden Sie sich noch einmal an, um fortzufahren.',
  'notice.reauthenticate.title': 'Bitte bestätigen Sie, dass Sie es sind',
  'notice.reauthenticate.text': 'Die Anwendung bittet Sie, Ihr Passwort noch einmal einzugeben.',
  'notice.otherAccount.title': 'Bitte verwenden Sie das gewünschte Konto',
  'notice.otherAccount.text': 'Die Anwendung verlangt ein anderes Konto als das, mit dem Sie angemeldet waren.',
  'notice.accessWithdrawn.title': 'Zugriff entzogen',
  'notice.accessWithdrawn.text': 'Die Anwendung kann nicht mehr auf Ihr Konto zugreifen.',
  'notice.passwordChanged.title': 'Ihr Passwort wurde geändert',
  'notice.passwordChanged.text': 'Hier bleiben Sie angemeldet. Überall sonst wurden Sie abgemeldet.',
  'notice.sessionsEnded.title': 'Sie wurden dort abgemeldet',
  'notice.sessionsEnded.text': 'Anwendungen, die Ihr Konto darüber genutzt haben, müssen Sie erneut fragen.',

  'consent.title': 'Zugriff für {client} erlauben?',
  'consent.heading': '{client} möchte auf Ihr Konto bei {tenant} zugreifen',
  'consent.headingMore': '{client} bittet um weitere Berechtigungen für Ihr Konto bei {tenant}',
  'consent.firstParty': 'Eine Anwendung von {tenant}',
  'consent.verified': 'Von {tenant} zugelassen',
  'consent.unverified': 'Nicht von {tenant} zugelassen',
  'consent.unverifiedHint':
    'Stimmen Sie nur zu, wenn Sie die Anwendung kennen und diesen Vorgang selbst begonnen haben.',
  'consent.signedInAs': 'Angemeldet als {name}',
  'consent.switchAccount': 'Nicht Ihr Konto?',
  'consent.scopes': 'Wenn Sie zustimmen, kann die Anwendung:',
  'consent.account': 'Ihr Konto',
  'consent.new': 'Neu',
  'consent.alreadyAllowed': 'Bereits erlaubt',
  'consent.otherScope': 'Die Berechtigung {scope} nutzen',
  'consent.withdraw': 'Sie können den Zugriff jederzeit in <account>Ihrem Konto</account> wieder entziehen.',
  'consent.withdrawPlain': 'Sie können den Zugriff jederzeit in Ihrem Konto wieder entziehen.',
  'consent.privacy': 'Datenschutzerklärung der Anwendung',
  'consent.terms': 'Nutzungsbedingungen der Anwendung',
  'consent.return': 'Danach kehren Sie zu {host} zurück.',
  'consent.approve': 'Erlauben',
  'consent.deny': 'Ablehnen',

  'scope.openid': 'Sie wiedererkennen, wenn Sie zurückkommen',
  'scope.profile': 'Ihr Profil sehen: Name, Bild, Geburtsdatum, Sprache und ähnliche Angaben',
  'scope.email': 'Ihre E-Mail-Adresse sehen und ob sie bestätigt ist',
  'scope.address': 'Ihre Postanschrift sehen',
  'scope.phone': 'Ihre Telefonnummer sehen und ob sie bestätigt ist',
  'scope.offline_access': 'Diesen Zugriff auch in Ihrer Abwesenheit behalten, bis Sie ihn entziehen',

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
  'back.toClient': 'Zurück zu {client}',

  'formPost.title': 'Einen Augenblick, bitte',
  'formPost.text': 'Sie werden zu {client} zurückgeleitet.',
  'formPost.textPlain': 'Sie werden zur Anwendung zurückgeleitet.',
  'formPost.byHand': 'Falls nichts geschieht, fahren Sie bitte selbst fort.',
  'formPost.submit': 'Weiter',

  'account.title': 'Ihr Konto',
  'account.signedInAs': 'Angemeldet als {name}',
  'account.signOut': 'Abmelden',
  'account.applications': 'Anwendungen mit Zugriff',
  'account.applicationsText':
    'Diesen Anwendungen haben Sie erlaubt, auf Ihr Konto zuzugreifen. Sie können den Zugriff jederzeit wieder entziehen.',
  'account.none': 'Keine Anwendung hat Zugriff auf Ihr Konto.',
  'account.noneText': 'Sobald Sie einer Anwendung den Zugriff erlauben, finden Sie sie hier.',
  'account.allowedOn': 'Erlaubt am {date, date, day}',
  'account.withdraw': 'Zugriff entziehen',
  'account.withdrawFrom': '{client} den Zugriff entziehen',
  'account.changePassword': 'Passwort ändern',
  'account.places': 'Wo Sie angemeldet sind',
  'account.placesText':
    'Wenn Sie einen dieser Einträge nicht kennen, melden Sie sich dort ab und ändern Sie Ihr Passwort.',
  'account.thisBrowser': 'Dieser Browser',
  'account.device': '{browser} auf {system}',
  'account.deviceUnknown': 'Unbekannter Browser',
  'account.signedInAt': 'Angemeldet am {date, date, moment}',
  'account.lastSeenAt': 'Zuletzt benutzt am {date, date, moment}',
  'account.endSession': 'Dort abmelden',
  'account.endSessionOf': 'In {device} abmelden',
  'account.endOthers': 'Überall sonst abmelden',

  'password.title': 'Passwort ändern',
  'password.text': 'Danach bleiben Sie hier angemeldet und werden überall sonst abgemeldet.',
  'password.current': 'Jetziges Passwort',
  'password.new': 'Neues Passwort',
  'password.again': 'Neues Passwort wiederholen',
  'password.rule':
    'Mindestens {count} Zeichen. Mehrere Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten.',
  'password.submit': 'Passwort ändern',
  'password.back': 'Zurück zu Ihrem Konto',
  'password.failed': 'Ihr Passwort wurde nicht geändert',
  'password.fields_required': 'Bitte füllen Sie alle drei Felder aus.',
  'password.not_repeated': 'Die beiden neuen Passwörter stimmen nicht überein. Bitte geben Sie sie noch einmal ein.',
  'password.wrong_password':
    'Das jetzige Passwort ist nicht richtig. Bitte prüfen Sie es und versuchen Sie es noch einmal.',
  'password.too_short': 'Das neue Passwort ist zu kurz. Es muss mindestens {count} Zeichen haben.',
  'password.too_long': 'Das neue Passwort ist zu lang. Es darf höchstens 256 Zeichen haben.',
  'password.too_common':
    'Das neue Passwort ist leicht zu erraten: Es ist verbreitet, folgt einem Muster oder enthält einen Namen oder ein Wort, das nicht erlaubt ist. Bitte wählen Sie ein anderes.',
  'password.unusable_character': 'Das neue Passwort enthält ein Zeichen, das nicht verwendet werden kann.',
  'password.breached':
    'Das neue Passwort ist aus einem Datenleck bekannt, und Angreifer probieren es aus. Bitte wählen Sie ein anderes, das Sie sonst nirgends verwenden.',
  'password.unchecked':
    'Wir können im Moment nicht prüfen, ob das neue Passwort aus einem Datenleck bekannt ist. Bitte versuchen Sie es gleich noch einmal.',

  'expired.title': 'Die Anmeldung hat zu lange gedauert',
  'expired.text':
    'Zu Ihrem Schutz muss eine Anmeldung innerhalb kurzer Zeit abgeschlossen sein. Es ist nichts verloren: Beginnen Sie einfach noch einmal.',
  'expired.startAgain': 'Noch einmal beginnen',

  'notFound.title': 'Diese Adresse gibt es nicht',
  'notFound.text':
    'Hier antwortet kein Anmeldedienst. Bitte prüfen Sie die Adresse oder den Link, dem Sie gefolgt sind.',

  'welcome.title': 'Der Server läuft',
  'welcome.text':
    'Tenantry ist ein mandantenfähiger Autorisierungsserver für OAuth 2.0 und OpenID Connect. Diese Seite erscheint nur in der Entwicklung.',
  'welcome.tenants': 'Mandanten auf diesem Server',
  'welcome.discovery': 'Discovery-Dokument',
  'welcome.suspended': 'Gesperrt: Er antwortet, als gäbe es ihn nicht.',
  'welcome.topics': 'So geht es weiter',

  'wait.seconds': 'in {seconds, plural, one {einer Sekunde} other {# Sekunden}}',
  'wait.minutes': 'in {minutes, plural, one {einer Minute} other {# Minuten}}',

  'error.whoCanHelp': 'Was Sie tun können',
  'error.requestId': 'Vorgangsnummer',
  'error.code': 'Fehlercode',
  'error.person':
    'Bitte gehen Sie zur Anwendung zurück und beginnen Sie noch einmal. Wenn es wieder geschieht, wenden Sie sich bitte an deren Kundendienst.',
  'error.developer':
    'Das kann nur beheben, wer die Anwendung entwickelt. Bitte beschreiben Sie dort, was Sie hier sehen, und nennen Sie die Vorgangsnummer.',
  'error.administrator':
    'Das kann die Administration Ihrer Organisation beheben. Bitte beschreiben Sie dort, was Sie hier sehen, und nennen Sie die Vorgangsnummer.',
  'error.operator':
    'Bitte versuchen Sie es in einer Minute noch einmal. Wenn es wieder geschieht, wenden Sie sich bitte an den Kundendienst und nennen Sie die Vorgangsnummer.',
  'error.wait':
    'Bitte versuchen Sie es {wait} noch einmal. Wenn es wieder geschieht, wenden Sie sich bitte an den Kundendienst und nennen Sie die Vorgangsnummer.',
  'error.backToStart': 'Zurück',
  'error.again': 'Noch einmal versuchen',
  'error.toAccount': 'Ihr Konto',
  'error.toSignIn': 'Beim Konto anmelden',
  'error.details': 'Für die Entwicklung (erscheint nur dort)',

  'error.invalid_request.title': 'Die Anfrage der Anwendung ist unvollständig',
  'error.invalid_request.text':
    'In der Anfrage fehlt etwas, oder etwas darin stimmt nicht. Deshalb geht es hier nicht weiter.',
  'error.unknown_client.title': 'Wir kennen diese Anwendung nicht',
  'error.unknown_client.text': 'Die Anwendung, von der Sie kommen, ist bei uns nicht registriert.',
  'error.redirect_uri_mismatch.title': 'Wir können Sie nicht sicher zurückleiten',
  'error.redirect_uri_mismatch.text':
    'Die Anwendung möchte, dass wir Sie an eine Adresse weiterleiten, die sie nicht registriert hat. Zu Ihrem Schutz tun wir das nicht.',
  'error.form_expired.title': 'Dieses Formular gilt nicht mehr',
  'error.form_expired.text':
    'Es war zu lange geöffnet, oder Ihr Browser hat unser Cookie abgelehnt. Bitte erlauben Sie Cookies für diese Seite und versuchen Sie es noch einmal.',
  'error.request_gone.title': 'Diese Anmeldung lässt sich hier nicht fortsetzen',
  'error.request_gone.text':
    'Sie wurde in einem anderen Browser begonnen, liegt zu lange zurück, oder ihre Adresse ist unvollständig. Mit Ihrem Konto ist alles in Ordnung.',
  'error.not_found.title': 'Diese Seite gibt es nicht',
  'error.not_found.text': 'Bitte prüfen Sie die Adresse oder den Link, dem Sie gefolgt sind.',
  'error.unauthorized_client.title': 'Die Anwendung darf das nicht',
  'error.unauthorized_client.text':
    'Sie ist zwar registriert, aber diese Art der Anmeldung ist für sie nicht freigeschaltet.',
  'error.access_denied.title': 'Der Zugriff wurde nicht erlaubt',
  'error.access_denied.text':
    'Der Anwendung wurde mitgeteilt, dass sie nicht auf Ihr Konto zugreifen darf. Es wurde nichts weitergegeben.',
  'error.unsupported_response.title': 'Diese Form der Antwort gibt es hier nicht',
  'error.unsupported_response.text':
    'Die Anwendung möchte das Ergebnis der Anmeldung in einer Form, die hier nicht angeboten wird.',
  'error.invalid_scope.title': 'Die Anwendung verlangt zu viel',
  'error.invalid_scope.text': 'Sie möchte Berechtigungen, die es hier nicht gibt oder die sie nicht haben darf.',
  'error.invalid_target.title': 'Die Anwendung verlangt einen unbekannten Dienst',
  'error.invalid_target.text':
    'Sie möchte auf einen Dienst zugreifen, den es hier nicht gibt oder den sie nicht nutzen darf.',
  'error.invalid_request_object.title': 'Wir konnten die Anfrage nicht prüfen',
  'error.invalid_request_object.text':
    'Die Anwendung hat eine signierte oder anderswo hinterlegte Anfrage gesendet, die ungültig ist oder hier nicht angenommen wird.',
  'error.server_error.title': 'Bei uns ist etwas schiefgegangen',
  'error.server_error.text': 'Das liegt nicht an Ihnen, und Ihre Angaben sind nicht verloren.',
  'error.temporarily_unavailable.title': 'Der Dienst ist zurzeit ausgelastet',
  'error.temporarily_unavailable.text': 'Er kann Ihre Anfrage im Augenblick nicht bearbeiten.',
  'error.too_many_requests.title': 'Zu viele Anmeldungen auf einmal',
  'error.too_many_requests.text':
    'Aus Ihrem Netz wurden mehr Anmeldungen begonnen, als wir auf einmal annehmen. Mit Ihrem Konto ist alles in Ordnung.',
  'error.login_required.title': 'Sie sind nicht angemeldet',
  'error.login_required.text': 'Die Anwendung ist davon ausgegangen, dass Sie bereits angemeldet sind.',
  'error.interaction_required.title': 'Wir müssen Sie zuerst etwas fragen',
  'error.interaction_required.text':
    'Die Anwendung wollte ohne Sie fortfahren, aber für diesen Schritt brauchen wir Ihre Antwort.',
  'error.stronger_sign_in.title': 'Eine stärkere Anmeldung ist nötig',
  'error.stronger_sign_in.text':
    'Die Anwendung verlangt einen Identitätsnachweis, der für Ihr Konto nicht eingerichtet ist.',
};
