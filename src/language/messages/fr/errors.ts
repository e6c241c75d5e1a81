import type { errors as en } from '../en/errors.js';
import type { Translation } from '../texts.js';

export const errors: Translation<typeof en> = {
  'expired.title': 'Cette connexion a pris trop de temps',
  'expired.text':
    'Pour votre protection, une connexion doit être terminée dans un court délai. Rien n’est perdu : il suffit de recommencer.',
  'expired.startAgain': 'Recommencer',

  'notFound.title': 'Il n’y a rien à cette adresse',
  'notFound.text':
    'Aucun service de connexion ne répond à cette adresse. Veuillez vérifier l’adresse ou le lien que vous avez suivi.',

  'error.whoCanHelp': 'Ce que vous pouvez faire',
  'error.requestId': 'Numéro de la demande',
  'error.code': 'Code',
  'error.person':
    'Veuillez revenir à l’application et recommencer. Si cela se reproduit, signalez-le à son service d’assistance.',
  'error.developer':
    'Seul le développeur de l’application peut corriger ce problème. Veuillez lui indiquer ce que vous voyez ici et le numéro de la demande.',
  'error.administrator':
    'Un administrateur de votre organisation peut corriger ce problème. Veuillez lui indiquer ce que vous voyez ici et le numéro de la demande.',
  'error.operator':
    'Veuillez réessayer dans une minute. Si cela se reproduit, contactez l’assistance et indiquez le numéro de la demande.',
  'error.wait':
    'Veuillez réessayer {wait}. Si cela se reproduit, contactez l’assistance et indiquez le numéro de la demande.',
  'error.backToStart': 'Retour',
  'error.again': 'Réessayer',
  'error.toAccount': 'Votre compte',
  'error.toSignIn': 'Se connecter à votre compte',
  'error.details': 'Pour les développeurs (affiché en développement uniquement)',

  'error.invalid_request.title': 'L’application a envoyé une demande incomplète',
  'error.invalid_request.text':
    'Un élément de la demande est manquant ou incorrect. C’est pourquoi nous nous sommes arrêtés ici.',
  'error.unknown_client.title': 'Nous ne connaissons pas cette application',
  'error.unknown_client.text': 'L’application d’où vous venez n’est pas enregistrée chez nous.',
  'error.redirect_uri_mismatch.title': 'Nous ne pouvons pas vous rediriger en toute sécurité',
  'error.redirect_uri_mismatch.text':
    'L’application nous a demandé de vous envoyer à une adresse qu’elle n’a pas enregistrée. Pour votre protection, nous ne le faisons pas.',
  'error.form_expired.title': 'Ce formulaire n’est plus valable',
  'error.form_expired.text':
    'Il est resté ouvert trop longtemps, ou votre navigateur a refusé notre cookie. Veuillez autoriser les cookies pour ce site et réessayer.',
  'error.request_gone.title': 'Cette connexion ne peut pas être poursuivie ici',
  'error.request_gone.text':
    'Elle a été commencée dans un autre navigateur ou il y a trop longtemps, ou son adresse est incomplète. Votre compte n’est pas en cause.',
  'error.not_found.title': 'Cette page n’existe pas',
  'error.not_found.text': 'Veuillez vérifier l’adresse ou le lien que vous avez suivi.',
  'error.unauthorized_client.title': 'L’application n’y est pas autorisée',
  'error.unauthorized_client.text': 'Elle est enregistrée, mais ce mode de connexion n’a pas été activé pour elle.',
  'error.access_denied.title': 'L’accès n’a pas été accordé',
  'error.access_denied.text':
    'L’application a été informée qu’elle ne peut pas utiliser votre compte. Rien n’a été communiqué.',
  'error.unsupported_response.title': 'L’application a demandé une réponse que nous ne donnons pas',
  'error.unsupported_response.text':
    'Elle souhaite recevoir le résultat de la connexion sous une forme qui n’est pas disponible ici.',
  'error.invalid_scope.title': 'L’application a demandé trop d’autorisations',
  'error.invalid_scope.text':
    'Elle souhaite des autorisations qui n’existent pas ici ou auxquelles elle n’a pas droit.',
  'error.invalid_target.title': 'L’application a demandé un service inconnu',
  'error.invalid_target.text':
    'Elle souhaite accéder à un service qui n’existe pas ici ou qu’elle n’a pas le droit d’utiliser.',
  'error.invalid_request_object.title': 'Nous n’avons pas pu vérifier la demande',
  'error.invalid_request_object.text':
    'L’application a envoyé une demande signée ou référencée qui n’est pas valide ou n’est pas acceptée ici.',
  'error.server_error.title': 'Une erreur s’est produite de notre côté',
  'error.server_error.text': 'Vous n’y êtes pour rien, et aucune de vos informations n’a été perdue.',
  'error.temporarily_unavailable.title': 'Le service est très sollicité en ce moment',
  'error.temporarily_unavailable.text': 'Il ne peut pas répondre pour l’instant.',
  'error.too_many_requests.title': 'Trop de connexions en même temps',
  'error.too_many_requests.text':
    'Davantage de connexions ont été commencées depuis votre réseau que nous n’en acceptons à la fois. Votre compte n’est pas en cause.',
  'error.tenant_busy.title': 'Trop de connexions en même temps',
  'error.tenant_busy.text': 'Trop de connexions ont été envoyées ici en même temps. Votre compte n’est pas en cause.',
  'error.login_required.title': 'Vous n’êtes pas connecté(e)',
  'error.login_required.text': 'L’application s’attendait à ce que vous soyez déjà connecté(e).',
  'error.interaction_required.title': 'Nous devons d’abord vous poser une question',
  'error.interaction_required.text':
    'L’application a voulu continuer sans vous, mais cette étape nécessite votre réponse.',
  'error.stronger_sign_in.title': 'Une connexion plus sûre est nécessaire',
  'error.stronger_sign_in.text':
    'L’application demande un moyen de confirmer votre identité qui n’est pas configuré pour votre compte.',
};
