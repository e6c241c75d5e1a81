import type { setupLinks as en } from '../en/setup-links.js';
import type { Translation } from '../texts.js';

/** Links with which people without an account set a tenant up: their page and their mail. */
export const setupLinks: Translation<typeof en> = {
  'setupLink.title': 'Configurer {tenant}',
  'setupLink.text': '{maker} vous demande de faire ceci pour {tenant} :',
  'setupLink.purpose.verify_domain': 'Prouver qu’un domaine vous appartient',
  'setupLink.purpose.brand': 'Choisir le logo, les couleurs et les textes des pages',
  'setupLink.until': 'Le lien est valable jusqu’au {until, date, moment}.',
  'setupLink.again': 'Jusque-là, vous pouvez l’ouvrir autant de fois que nécessaire.',
  'setupLink.once': 'Il ne peut être ouvert qu’une fois. Vous avez alors huit heures.',
  'setupLink.account': 'Vous n’avez pas besoin de compte. Ce que vous modifiez est consigné.',
  'setupLink.submit': 'Commencer',
  'setupLink.ended': 'Ce lien ne fonctionne plus',
  'setupLink.expired': 'Son délai est écoulé. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
  'setupLink.revoked': 'Il a été retiré. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
  'setupLink.used':
    'Il ne pouvait être ouvert qu’une fois, et l’a été. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
  'setupLink.maker': 'La personne qui l’a créé ne peut plus faire ce à quoi il sert. Demandez-en un nouveau.',
  'setupLink.unknown':
    'Il est incomplet ou n’est plus conservé. Ouvrez-le de nouveau tel que vous l’avez reçu, ou demandez-en un nouveau.',
  'mail.setupLink.subject': 'Veuillez configurer {tenant}',
  'mail.setupLink.text':
    '{maker} vous demande {purpose, select, verify_domain {de prouver pour {tenant} qu’un domaine vous appartient} brand {de choisir le logo, les couleurs et les textes des pages de {tenant}} other {de configurer plusieurs choses pour {tenant}}}.',
  'mail.setupLink.how': 'Ouvrez le lien et suivez les étapes. Vous n’avez pas besoin de compte.',
  'mail.setupLink.button': 'Commencer la configuration',
  'mail.setupLink.until':
    'Le lien est valable jusqu’au {until, date, moment}. Quiconque l’a peut le faire ; ne le transmettez qu’aux personnes concernées.',
  'mail.setupLink.notYou': 'Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.',
};
