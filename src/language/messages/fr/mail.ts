import type { mail as en } from '../en/mail.js';
import type { Translation } from '../texts.js';

export const mail: Translation<typeof en> = {
  'mail.linkByHand': 'Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur :',
  'mail.code': 'Votre code',
  'mail.footer': 'Cet e-mail a été envoyé automatiquement par {tenant}.',
  'mail.noticeHint':
    'Si vous n’êtes pas à l’origine de cette action, modifiez votre mot de passe et contactez {tenant}. Personne ne vous demandera jamais votre mot de passe ni un code.',
  'mail.codeHint': 'Ne communiquez jamais ce code. Personne chez {tenant} ne vous le demandera.',
  'mail.support': 'Aide',
  'mail.privacy': 'Confidentialité',
  'mail.test.subject': 'E-mail de test de {tenant}',
  'mail.test.text': 'Cet e-mail montre que {tenant} peut envoyer des e-mails. Il a été demandé dans l’API de gestion.',
  'mail.test.time': 'Il a été demandé le {date, date, moment}.',
  'mail.emailCode.subject': 'Votre code pour {tenant}',
  'mail.emailCode.text':
    'Quelqu’un, probablement vous, se connecte à votre compte chez {tenant}. Saisissez ce code dans le navigateur où vous l’avez demandé. Il est valable {minutes, plural, one {# minute} other {# minutes}}.',
  'mail.emailCode.closing':
    'Nous ne demandons jamais ce code par téléphone ni par e-mail. Si ce n’était pas vous, quelqu’un connaît votre mot de passe : veuillez le changer.',
  'mail.emailChange.subject': 'Confirmez votre nouvelle adresse e-mail',
  'mail.emailChange.text':
    'Quelqu’un, probablement vous, souhaite utiliser cette adresse pour son compte chez {tenant}. Veuillez confirmer qu’elle vous appartient.',
  'mail.emailChange.button': 'Confirmer l’adresse',
  'mail.emailChange.closing':
    'Le lien et le code sont valables {minutes, plural, one {# minute} other {# minutes}}. Si ce n’était pas vous, ignorez cet e-mail : rien ne changera.',
  'mail.emailChangeTaken.subject': 'Votre adresse a été saisie chez {tenant}',
  'mail.emailChangeTaken.text':
    'Quelqu’un souhaite utiliser cette adresse pour un autre compte chez {tenant}. Elle appartient à votre compte, ce n’est donc pas possible.',
  'mail.emailChangeTaken.nothing':
    'Rien n’a changé. Si c’était vous, connectez-vous au compte qui utilise cette adresse, ou choisissez-en une autre.',
  'mail.emailChanged.subject': 'Votre adresse e-mail chez {tenant} a été modifiée',
  'mail.emailChanged.text':
    'Le {date, date, moment}, une autre adresse e-mail a été confirmée pour votre compte. Cette adresse n’y est plus associée.',
  'mail.deletionScheduled.subject': 'Votre compte chez {tenant} va être supprimé',
  'mail.deletionScheduled.text':
    'Vous avez demandé la suppression de votre compte. Elle aura lieu le {date, date, moment}.',
  'mail.deletionScheduled.keep': 'D’ici là, vous pouvez vous connecter et le conserver.',
  'mail.deletionScheduled.button': 'Conserver mon compte',
  'mail.accessGrant.subject': 'Accès d’un opérateur à {tenant}',
  'mail.accessGrant.text':
    '{kind, select, requested {Un opérateur de la plateforme demande l’accès aux personnes ou aux secrets de {tenant}. Il commence lorsqu’un propriétaire l’approuve.} waiting {Un opérateur de la plateforme demande un accès d’urgence aux personnes ou aux secrets de {tenant}. Il commence le {date, date, moment}, sauf si un propriétaire le refuse.} other {Un opérateur de la plateforme a accès aux personnes ou aux secrets de {tenant} jusqu’au {date, date, moment}.}}',
  'mail.accessGrant.reason': 'Le motif indiqué : {reason}',
  'mail.accessGrant.how':
    'Chaque utilisation figure dans votre journal d’audit. Les propriétaires voient, approuvent et terminent ces accès par l’API de gestion ou la ligne de commande, sous access grants.',
  'mail.domainProof.subject':
    '{kind, select, lapsed {{domain} n’est plus une adresse de {tenant}} other {La preuve du domaine {domain} manque}}',
  'mail.domainProof.text':
    '{kind, select, failing {La preuve que {tenant} détient le domaine {domain} est introuvable. Rien ne change jusqu’au {date, date, moment}. Si elle manque encore à ce moment-là, {domain} ne sera plus une adresse de {tenant} : personne ne pourra s’y connecter, et d’autres pourront le revendiquer.} ending {La preuve que {tenant} détient le domaine {domain} manque toujours. À partir du {date, date, moment}, {domain} ne sera plus une adresse de {tenant} : personne ne pourra s’y connecter, et d’autres pourront le revendiquer.} other {La preuve que {tenant} détient le domaine {domain} a manqué trop longtemps. {domain} n’est plus une adresse de {tenant} : personne ne peut s’y connecter, et d’autres peuvent le revendiquer.}}',
  'mail.domainProof.how':
    'La console montre, sous Domaines, ce que doit contenir l’enregistrement ou le fichier, et ce qui a été trouvé. Rétablissez la preuve et demandez-y une vérification. Si vous avez abandonné le domaine, supprimez-le à cet endroit.',
};
