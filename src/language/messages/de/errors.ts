import type { errors as en } from '../en/errors.js';
import type { Texts } from '../texts.js';

export const errors: Texts<typeof en> = {
  'expired.title': 'Die Anmeldung hat zu lange gedauert',
  'expired.text':
    'Zu Ihrem Schutz muss eine Anmeldung innerhalb kurzer Zeit abgeschlossen sein. Es ist nichts verloren: Beginnen Sie einfach noch einmal.',
  'expired.startAgain': 'Noch einmal beginnen',

  'notFound.title': 'Diese Adresse gibt es nicht',
  'notFound.text':
    'Hier antwortet kein Anmeldedienst. Bitte prüfen Sie die Adresse oder den Link, dem Sie gefolgt sind.',

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
  'error.tenant_busy.title': 'Zu viele Anmeldungen auf einmal',
  'error.tenant_busy.text':
    'Hier wurden mehr Anmeldungen auf einmal gesendet, als angenommen werden. Mit Ihrem Konto ist alles in Ordnung.',
  'error.login_required.title': 'Sie sind nicht angemeldet',
  'error.login_required.text': 'Die Anwendung ist davon ausgegangen, dass Sie bereits angemeldet sind.',
  'error.interaction_required.title': 'Wir müssen Sie zuerst etwas fragen',
  'error.interaction_required.text':
    'Die Anwendung wollte ohne Sie fortfahren, aber für diesen Schritt brauchen wir Ihre Antwort.',
  'error.stronger_sign_in.title': 'Eine stärkere Anmeldung ist nötig',
  'error.stronger_sign_in.text':
    'Die Anwendung verlangt einen Identitätsnachweis, der für Ihr Konto nicht eingerichtet ist.',
};
