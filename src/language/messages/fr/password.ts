import type { password as en } from '../en/password.js';
import type { Translation } from '../texts.js';

export const password: Translation<typeof en> = {
  'password.title': 'Modifier votre mot de passe',
  'password.text': 'Vous resterez ensuite connecté(e) ici et serez déconnecté(e) partout ailleurs.',
  'password.current': 'Mot de passe actuel',
  'password.new': 'Nouveau mot de passe',
  'password.again': 'Confirmer le nouveau mot de passe',
  'password.rule':
    'Au moins {count, number} caractères. Plusieurs mots sans rapport entre eux sont faciles à retenir et difficiles à deviner.',
  'password.submit': 'Modifier le mot de passe',
  'password.back': 'Retour à votre compte',
  'password.failed': 'Votre mot de passe n’a pas été modifié',
  'password.fields_required': 'Veuillez remplir les trois champs.',
  'password.not_repeated': 'Les deux nouveaux mots de passe ne sont pas identiques. Veuillez les saisir à nouveau.',
  'password.wrong_password': 'Le mot de passe actuel est incorrect. Veuillez le vérifier et réessayer.',
  'password.too_short':
    'Le nouveau mot de passe est trop court. Il doit comporter au moins {count, number} caractères.',
  'password.too_long': 'Le nouveau mot de passe est trop long. Il peut comporter au plus 256 caractères.',
  'password.too_common':
    'Le nouveau mot de passe est facile à deviner : il est courant, suit un motif ou contient un nom ou un mot non autorisé. Veuillez en choisir un autre.',
  'password.unusable_character': 'Le nouveau mot de passe contient un caractère qui ne peut pas être utilisé.',
  'password.breached':
    'Le nouveau mot de passe est connu d’une fuite de données, et les pirates l’essaient. Veuillez en choisir un autre que vous n’utilisez nulle part ailleurs.',
  'password.unchecked':
    'Nous ne pouvons pas vérifier en ce moment si le nouveau mot de passe est connu d’une fuite de données. Veuillez réessayer dans un instant.',
  'password.show': 'Afficher',
  'password.hide': 'Masquer',
};
