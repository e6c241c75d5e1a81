import type { securityNotices as en } from '../en/security-notices.js';
import type { Translation } from '../texts.js';

export const securityNotices: Translation<typeof en> = {
  'securityNotice.when':
    'Ocurrió el {at, date, moment}{address, select, none {} other { desde la dirección de red {address}}}.',
  'securityNotice.account': 'Ver su cuenta',
  'securityNotice.passwordChanged.subject': 'Se ha cambiado su contraseña en {tenant}',
  'securityNotice.passwordChanged.text': 'Se ha cambiado la contraseña de su cuenta {username} en {tenant}.',
  'securityNotice.passwordReset.subject': 'Se ha restablecido su contraseña en {tenant}',
  'securityNotice.passwordReset.text':
    'Se ha elegido una contraseña nueva para su cuenta {username} en {tenant}, con un enlace o un código que enviamos a esta dirección.',
  'securityNotice.passwordSet.subject': 'La administración ha establecido su contraseña en {tenant}',
  'securityNotice.passwordSet.text':
    'La administración ha establecido una contraseña nueva para su cuenta {username} en {tenant}.',
  'securityNotice.emailSet.subject': 'La administración ha cambiado su correo electrónico en {tenant}',
  'securityNotice.emailSet.text':
    'La administración ha cambiado el correo electrónico de su cuenta {username} en {tenant}. Ahora es {email}.',
  'securityNotice.phoneChanged.subject': 'Se ha cambiado su número de teléfono en {tenant}',
  'securityNotice.phoneChanged.text': 'Se ha cambiado el número de teléfono de su cuenta {username} en {tenant}.',
  'securityNotice.totpAdded.subject': 'Se ha añadido una aplicación de autenticación a su cuenta en {tenant}',
  'securityNotice.totpAdded.text':
    'Se ha añadido una aplicación de autenticación a su cuenta {username} en {tenant}. Sus códigos ya pueden confirmar un inicio de sesión.',
  'securityNotice.totpRemoved.subject': 'Se ha quitado una aplicación de autenticación de su cuenta en {tenant}',
  'securityNotice.totpRemoved.text':
    'Se ha quitado una aplicación de autenticación de su cuenta {username} en {tenant}. Sus códigos ya no funcionan.',
  'securityNotice.passkeyAdded.subject': 'Se ha añadido una llave de acceso a su cuenta en {tenant}',
  'securityNotice.passkeyAdded.text': 'Se ha añadido la llave de acceso «{name}» a su cuenta {username} en {tenant}.',
  'securityNotice.passkeyRemoved.subject': 'Se ha quitado una llave de acceso de su cuenta en {tenant}',
  'securityNotice.passkeyRemoved.text':
    'Se ha quitado la llave de acceso «{name}» de su cuenta {username} en {tenant}.',
  'securityNotice.recoveryCodesMade.subject': 'Nuevos códigos de recuperación para su cuenta en {tenant}',
  'securityNotice.recoveryCodesMade.text':
    'Se han creado códigos de recuperación nuevos para su cuenta {username} en {tenant}. Los anteriores ya no funcionan.',
  'securityNotice.recoveryCodeUsed.subject': 'Se ha usado un código de recuperación de su cuenta en {tenant}',
  'securityNotice.recoveryCodeUsed.text':
    'Alguien ha iniciado sesión con un código de recuperación de su cuenta {username} en {tenant}. {left, plural, =0 {No queda ninguno} one {Queda #} other {Quedan #}}.',
  'securityNotice.factorsReset.subject': 'La administración ha restablecido su segundo factor en {tenant}',
  'securityNotice.factorsReset.text':
    'La administración ha quitado lo que confirma sus inicios de sesión en {tenant} además de la contraseña de su cuenta {username}.',
  'securityNotice.factorAdded.subject': 'Su cuenta en {tenant} tiene un nuevo segundo factor',
  'securityNotice.factorAdded.text':
    'Se ha configurado «{factor}» para su cuenta {username} en {tenant}. Ahora puede confirmar un inicio de sesión.',
  'securityNotice.factorRemoved.subject': 'Se ha quitado un segundo factor de su cuenta en {tenant}',
  'securityNotice.factorRemoved.text':
    'Se ha quitado «{factor}» de su cuenta {username} en {tenant}. Ya no confirma ningún inicio de sesión.',
  'securityNotice.devicesForgotten.subject': 'Ya no se recuerda ningún navegador en {tenant}',
  'securityNotice.devicesForgotten.text':
    'Se han olvidado los navegadores que se recordaban para su cuenta {username} en {tenant}. El segundo paso se vuelve a pedir en todas partes.',
  'securityNotice.emailAdded.subject': 'Esta dirección pertenece ahora a su cuenta en {tenant}',
  'securityNotice.emailAdded.text':
    'La dirección de correo electrónico de su cuenta {username} en {tenant} se ha cambiado por esta.',
};
