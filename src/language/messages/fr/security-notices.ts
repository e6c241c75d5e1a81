import type { securityNotices as en } from '../en/security-notices.js';
import type { Translation } from '../texts.js';

export const securityNotices: Translation<typeof en> = {
  'securityNotice.when':
    'Cela s’est passé le {at, date, moment}{address, select, none {} other { depuis l’adresse réseau {address}}}.',
  'securityNotice.account': 'Voir votre compte',
  'securityNotice.passwordChanged.subject': 'Votre mot de passe chez {tenant} a été modifié',
  'securityNotice.passwordChanged.text': 'Le mot de passe de votre compte {username} chez {tenant} a été modifié.',
  'securityNotice.passwordReset.subject': 'Votre mot de passe chez {tenant} a été réinitialisé',
  'securityNotice.passwordReset.text':
    'Un nouveau mot de passe a été choisi pour votre compte {username} chez {tenant}, avec un lien ou un code que nous avons envoyé à cette adresse.',
  'securityNotice.passwordSet.subject': 'L’administration a défini votre mot de passe chez {tenant}',
  'securityNotice.passwordSet.text':
    'L’administration a défini un nouveau mot de passe pour votre compte {username} chez {tenant}.',
  'securityNotice.emailSet.subject': 'L’administration a modifié votre adresse e-mail chez {tenant}',
  'securityNotice.emailSet.text':
    'L’administration a modifié l’adresse e-mail de votre compte {username} chez {tenant}. C’est maintenant {email}.',
  'securityNotice.phoneChanged.subject': 'Votre numéro de téléphone chez {tenant} a été modifié',
  'securityNotice.phoneChanged.text': 'Le numéro de téléphone de votre compte {username} chez {tenant} a été modifié.',
  'securityNotice.totpAdded.subject': 'Une application d’authentification a été ajoutée à votre compte chez {tenant}',
  'securityNotice.totpAdded.text':
    'Une application d’authentification a été ajoutée à votre compte {username} chez {tenant}. Ses codes peuvent maintenant confirmer une connexion.',
  'securityNotice.totpRemoved.subject':
    'Une application d’authentification a été retirée de votre compte chez {tenant}',
  'securityNotice.totpRemoved.text':
    'Une application d’authentification a été retirée de votre compte {username} chez {tenant}. Ses codes ne fonctionnent plus.',
  'securityNotice.passkeyAdded.subject': 'Une clé d’accès a été ajoutée à votre compte chez {tenant}',
  'securityNotice.passkeyAdded.text':
    'La clé d’accès « {name} » a été ajoutée à votre compte {username} chez {tenant}.',
  'securityNotice.passkeyRemoved.subject': 'Une clé d’accès a été retirée de votre compte chez {tenant}',
  'securityNotice.passkeyRemoved.text':
    'La clé d’accès « {name} » a été retirée de votre compte {username} chez {tenant}.',
  'securityNotice.recoveryCodesMade.subject': 'Nouveaux codes de récupération pour votre compte chez {tenant}',
  'securityNotice.recoveryCodesMade.text':
    'De nouveaux codes de récupération ont été créés pour votre compte {username} chez {tenant}. Les anciens ne fonctionnent plus.',
  'securityNotice.recoveryCodeUsed.subject': 'Un code de récupération de votre compte chez {tenant} a été utilisé',
  'securityNotice.recoveryCodeUsed.text':
    'Un code de récupération de votre compte {username} chez {tenant} a servi à se connecter. {left, plural, =0 {Il n’en reste aucun} one {Il en reste #} other {Il en reste #}}.',
  'securityNotice.factorsReset.subject': 'L’administration a réinitialisé votre second facteur chez {tenant}',
  'securityNotice.factorsReset.text':
    'L’administration a retiré ce qui confirme vos connexions chez {tenant} en plus du mot de passe de votre compte {username}.',
  'securityNotice.factorAdded.subject': 'Votre compte chez {tenant} a un nouveau second facteur',
  'securityNotice.factorAdded.text':
    '« {factor} » a été configuré pour votre compte {username} chez {tenant}. Il peut désormais confirmer une connexion.',
  'securityNotice.factorRemoved.subject': 'Un second facteur a été retiré de votre compte chez {tenant}',
  'securityNotice.factorRemoved.text':
    '« {factor} » a été retiré de votre compte {username} chez {tenant}. Il ne confirme plus de connexion.',
  'securityNotice.devicesForgotten.subject': 'Plus aucun navigateur n’est mémorisé chez {tenant}',
  'securityNotice.devicesForgotten.text':
    'Les navigateurs mémorisés pour votre compte {username} chez {tenant} ont été oubliés. La seconde étape est de nouveau demandée partout.',
  'securityNotice.emailAdded.subject': 'Cette adresse appartient désormais à votre compte chez {tenant}',
  'securityNotice.emailAdded.text':
    'L’adresse e-mail de votre compte {username} chez {tenant} a été remplacée par celle-ci.',
};
