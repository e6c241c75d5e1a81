import type { consent as en } from '../en/consent.js';
import type { Translation } from '../texts.js';

export const consent: Translation<typeof en> = {
  'consent.title': '¿Permitir el acceso de {client}?',
  'consent.heading': '{client} quiere acceder a su cuenta de {tenant}',
  'consent.headingMore': '{client} pide más permisos para su cuenta de {tenant}',
  'consent.firstParty': 'Una aplicación de {tenant}',
  'consent.verified': 'Aprobada por {tenant}',
  'consent.unverified': 'No aprobada por {tenant}',
  'consent.unverifiedHint': 'Permita el acceso solo si conoce la aplicación y ha iniciado usted este proceso.',
  'consent.signedInAs': 'Sesión iniciada como {name}',
  'consent.switchAccount': '¿No es usted?',
  'consent.scopes': 'Si lo permite, la aplicación podrá:',
  'consent.account': 'Su cuenta',
  'consent.new': 'Nuevo',
  'consent.alreadyAllowed': 'Ya permitido',
  'consent.otherScope': 'Usar el permiso {scope}',
  'consent.withdraw': 'Puede retirar este acceso en cualquier momento en <account>su cuenta</account>.',
  'consent.withdrawPlain': 'Puede retirar este acceso en cualquier momento en su cuenta.',
  'consent.privacy': 'Política de privacidad de la aplicación',
  'consent.terms': 'Condiciones de uso de la aplicación',
  'consent.return': 'Después volverá a {host}.',
  'consent.approve': 'Permitir',
  'consent.deny': 'Denegar',

  'scope.openid': 'Reconocerle cuando vuelva',
  'scope.profile': 'Ver su perfil: nombre, foto, fecha de nacimiento, idioma y datos similares',
  'scope.email': 'Ver su dirección de correo electrónico y si está confirmada',
  'scope.address': 'Ver su dirección postal',
  'scope.phone': 'Ver su número de teléfono y si está confirmado',
  'scope.offline_access': 'Conservar este acceso en su ausencia, hasta que usted lo retire',
};
