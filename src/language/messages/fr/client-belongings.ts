import type { clientBelongings as en } from '../en/client-belongings.js';
import type { Texts } from '../texts.js';

export const clientBelongings: Texts<typeof en> = {
  'clients.secrets': 'Secrets',
  'clients.snippets': 'Code pour votre bibliothèque',
  'clients.redirects': 'Tester une URI de redirection',
  'clients.secretsTitle': 'Secrets de {client}',
  'clients.secretsText':
    'Deux secrets peuvent fonctionner en même temps : créez le second, passez-y votre application, puis mettez fin au premier.',
  'clients.secretNone': 'Il n’y a pas encore de secret.',
  'clients.secretMade': 'Créé le {date, date, moment}',
  'clients.secretAdd': 'Créer un secret',
  'clients.secretEnd': 'Mettre fin',
  'clients.secretEndOf': 'Mettre fin au secret du {date, date, moment}',
  'clients.secretNew': 'Nouveau',
  'clients.secretShown': 'Copiez le secret maintenant',
  'clients.secretShownText':
    'Il n’est affiché que cette fois. Conservez-le là où seule votre application peut le lire, jamais dans le code ni dans un e-mail.',
  'clients.secretLabel': 'Secret du client',
  'clients.ownersTitle': 'Responsables de {client}',
  'clients.ownersText': 'Chaque responsable peut modifier l’application, créer ses secrets et la supprimer.',
  'clients.ownerYou': 'Vous',
  'clients.ownerDisabled': 'Ne peut pas se connecter',
  'clients.ownerSince': 'Depuis le {date, date, day}',
  'clients.ownerRemove': 'Retirer',
  'clients.ownerRemoveOf': 'Retirer {name}',
  'clients.ownerLeave': 'Quitter',
  'clients.asking': 'Demandes en attente',
  'clients.askingTransfer': 'Prend votre place',
  'clients.askNoLonger': 'Retirer',
  'clients.askNoLongerOf': 'Retirer la demande à {name}',
  'clients.ask': 'Demander à quelqu’un',
  'clients.askUser': 'Nom d’utilisateur ou adresse e-mail',
  'clients.askHint':
    'La personne peut accepter pendant 14 jours si elle a un compte ici : elle seule, et une seule fois.',
  'clients.askTransfer': 'Confier l’application : je ne la gère plus une fois la demande acceptée',
  'clients.askSubmit': 'Demander',
  'clients.redirectsText':
    'Saisissez la redirect_uri que votre application envoie, telle qu’elle est avant d’être mise dans une adresse.',
  'clients.redirectsLabel': 'redirect_uri de la requête',
  'clients.redirectsSubmit': 'Comparer',
  'clients.redirectsYes': 'Elle est acceptée',
  'clients.redirectsYesText': 'C’est l’une de celles qui sont enregistrées.',
  'clients.redirectsNo': 'Elle n’est pas acceptée',
  'clients.redirectsNoText': 'Elle diffère de toutes celles qui sont enregistrées. La plus proche vient en premier.',
  'clients.redirectsRegistered': 'Enregistrée',
  'clients.redirectsGiven': 'Saisie',
  'clients.redirectsWhere':
    'Elles diffèrent au caractère {position, number} ({part, select, scheme {schéma} user {nom d’utilisateur} host {hôte} port {port} path {chemin} query {requête} fragment {fragment} other {adresse entière}}).',
  'clients.redirectsEnds': 'Elle se termine ici.',
  'clients.snippetsTitle': 'Code pour {client}',
  'clients.snippetsText': 'Il contient les valeurs de votre application. Choisissez votre bibliothèque.',
  'clients.snippetsNone': 'Il n’y a pas de code pour une application de ce type.',
  'clients.libraries': 'Bibliothèques',
  'clients.install': 'Installer',
  'clients.secretHint':
    'Il lit le secret dans la variable d’environnement {variable}. Le secret n’a jamais sa place dans le code.',
};
