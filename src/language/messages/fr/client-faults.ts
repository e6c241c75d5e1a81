import type { clientFaults as en } from '../en/client-faults.js';
import type { Texts } from '../texts.js';

export const clientFaults: Texts<typeof en> = {
  'clients.rule.uri_too_long': 'Elle dépasse {most, number} caractères.',
  'clients.rule.uri_character': 'Elle contient un caractère interdit dans une adresse.',
  'clients.rule.uri_wildcard': 'Elle contient un joker. Saisissez chaque adresse en entier.',
  'clients.rule.uri_fragment': 'Elle a un fragment, la partie après #. Retirez-le.',
  'clients.rule.uri_not_absolute': 'Ce n’est pas une adresse complète. Elle commence par un schéma, comme https:.',
  'clients.rule.uri_user_name': 'Un nom d’utilisateur précède l’hôte. Retirez-le.',
  'clients.rule.uri_parameter': 'Elle a le paramètre {name}, qui sert à la réponse. Choisissez un autre nom.',
  'clients.rule.uri_not_normal': 'Les navigateurs l’écrivent autrement. Saisissez {normal}.',
  'clients.rule.uri_not_https': 'Elle doit commencer par https.',
  'clients.rule.uri_not_loopback':
    'Elle doit commencer par https. En http, seul l’ordinateur local est possible, comme http://127.0.0.1.',
  'clients.rule.uri_not_confidential':
    'Elle doit commencer par https. En http sur un réseau privé, l’application a besoin d’un secret.',
  'clients.rule.uri_not_private': 'Elle doit commencer par https. http sur un réseau privé n’est pas permis ici.',
  'clients.rule.uri_scheme':
    'Elle doit commencer par https, par http sur l’ordinateur local, ou par un schéma à vous, comme com.example.app:.',
  'clients.rule.uri_scheme_dotless':
    'Elle doit commencer par https, par http sur l’ordinateur local, ou par un schéma à vous avec un point, comme com.example.app:. Sans point, il n’est pas permis ici.',
  'clients.rule.not_offered': 'Possibles ici : {known}.',
  'clients.rule.grant_type_missing': 'Le type d’autorisation {name} est nécessaire au type de réponse {responseType}.',
  'clients.rule.code_missing': 'Le type d’autorisation authorization_code exige le type de réponse code.',
  'clients.rule.token_missing': 'Le type d’autorisation implicit exige le type de réponse token ou id_token.',
  'clients.rule.uri_missing': 'Saisissez au moins une adresse.',
  'clients.rule.public_client': 'Une application sans secret ne peut pas agir pour elle-même (client_credentials).',
  'clients.rule.openid_optional': 'Le scope openid ne peut pas être facultatif.',
  'clients.rule.keys_missing': 'Des clés publiques sont nécessaires pour private_key_jwt.',
  'clients.rule.keys_unusable': 'Aucune des clés ne permet de vérifier une signature de l’application.',
  'clients.rule.keys_count': 'Indiquez de 1 à {most, number} clés publiques.',
  'clients.rule.key':
    'La clé numéro {place, number} ne peut pas être utilisée. Enregistrez une autre clé publique à sa place.',
  'clients.rule.pkce_off': 'Une application sans secret doit utiliser PKCE.',
  'clients.rule.rotation_off':
    'Les jetons de rafraîchissement d’une application sans secret doivent changer à chaque usage.',
  'clients.rule.secret_missing': 'L’application a besoin d’un secret. Créez-en un d’abord.',
  'clients.rule.scope_syntax': 'Indiquez des noms de scopes séparés par des espaces.',
  'clients.rule.scope_ambiguous': 'Plusieurs API ont le scope {name} : {names}. Dites laquelle est visée.',
  'clients.rule.scope_of_management':
    '{name} est un scope de l’API d’administration, que seuls les administrateurs accordent.',
  'clients.rule.api_unknown': 'Cette API n’existe pas ici.',
  'clients.rule.scope_unknown': 'L’API n’a pas de scope {name}.',
  'clients.rule.scope_lost': 'L’API {api} n’a plus un scope demandé.',
  'clients.rule.grant_type_beyond': 'Les applications ne peuvent pas utiliser {name} ici. Permis : {allowed}.',
  'clients.rule.grant_type_none':
    'Les applications ne peuvent pas utiliser {name} ici. Aucun type d’autorisation n’est permis.',
  'clients.rule.scope_beyond': 'Les applications ne peuvent pas demander {name} ici. Permis : {allowed}.',
  'clients.rule.scope_none': 'Les applications ne peuvent pas demander {name} ici. Aucun scope n’est permis.',
  'clients.rule.host_beyond':
    'Elle mène à un hôte qui n’est pas permis ici. Permis : {allowed}, et l’ordinateur local pour les applications installées.',
  'clients.rule.host_none':
    'Elle mène à un hôte qui n’est pas permis ici. Seules les applications installées peuvent utiliser l’ordinateur local.',
  'clients.differs.encoded': 'L’adresse est entièrement encodée en pourcentage. Saisissez-la telle qu’elle est avant.',
  'clients.differs.not_absolute': 'Ce n’est pas une adresse complète. Elle commence par un schéma, comme https:.',
  'clients.differs.differs': 'Elles ne sont pas identiques.',
  'clients.differs.scheme_case': 'Le schéma est écrit avec d’autres majuscules.',
  'clients.differs.scheme': 'Le schéma est {found}, alors que {expected} est enregistré.',
  'clients.differs.user': 'Un nom d’utilisateur précède l’hôte. Aucune adresse enregistrée ne peut en avoir.',
  'clients.differs.fragment': 'Elle a un fragment, la partie après #. Aucune URI de redirection ne peut en avoir.',
  'clients.differs.host_case': 'L’hôte est écrit avec d’autres majuscules.',
  'clients.differs.host_dot': 'Un point termine l’hôte.',
  'clients.differs.host_www':
    'L’hôte est {found}, alors que {expected} est enregistré. Avec www., c’est un autre hôte.',
  'clients.differs.host_loopback':
    'L’hôte est {found}, alors que {expected} est enregistré. Les deux désignent cet ordinateur, mais ils sont comparés comme des textes.',
  'clients.differs.host': 'L’hôte est {found}, alors que {expected} est enregistré.',
  'clients.differs.port_default':
    'Le port {port} est le port habituel. Écrivez-le ou omettez-le, comme il est enregistré.',
  'clients.differs.port_loopback':
    'Le port est différent. Seule une application installée peut utiliser n’importe quel port de cet ordinateur.',
  'clients.differs.port': 'Le port est {found}, alors que {expected} est enregistré.',
  'clients.differs.port_missing': 'Le port {expected} manque.',
  'clients.differs.port_added': 'Le port {found} n’est pas enregistré.',
  'clients.differs.path_slash_added': 'Il y a une barre oblique de trop à la fin.',
  'clients.differs.path_slash_missing': 'La barre oblique finale manque.',
  'clients.differs.path_encoding': 'Le chemin est encodé autrement. Écrivez-le comme il est enregistré.',
  'clients.differs.path_case': 'Le chemin est écrit avec d’autres majuscules. Ce sont d’autres caractères.',
  'clients.differs.path_slashes': 'Deux barres obliques se suivent dans le chemin.',
  'clients.differs.path_dots':
    'Une partie du chemin n’est qu’un ou deux points. Elle est comparée comme elle est écrite.',
  'clients.differs.path': 'Le chemin est {found}, alors que {expected} est enregistré.',
  'clients.differs.query_missing': 'La requête {expected} manque.',
  'clients.differs.query_added':
    'La requête {found} n’est pas enregistrée. Ce dont l’application aura besoin va dans state.',
  'clients.differs.query_encoding': 'La requête est encodée autrement. Écrivez-la comme elle est enregistrée.',
  'clients.differs.query_order': 'Les paramètres de la requête sont dans un autre ordre.',
  'clients.differs.query': 'La requête est {found}, alors que {expected} est enregistrée.',
  'clients.differs.invisible':
    'Le caractère {position, number} est {character}, que personne ne voit. Il vient d’un copier-coller.',
  'clients.differs.invisible_before':
    '{character}, que personne ne voit, précède l’adresse. Il vient d’un copier-coller.',
  'clients.differs.invisible_behind': '{character}, que personne ne voit, suit l’adresse. Il vient d’un copier-coller.',
  'clients.differs.look_alike': 'Le caractère {position, number} est {character}. Il ressemble seulement à {ascii}.',
  'clients.differs.look_alike_registered':
    'Le caractère {position, number} est {character}. Il ressemble seulement à {ascii}, qui est enregistré.',
  'clients.differs.not_ascii':
    'Le caractère {position, number} est {character}, qu’une adresse contient encodé en pourcentage.',
};
