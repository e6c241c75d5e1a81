import type { passkeys as en } from '../en/passkeys.js';
import type { Translation } from '../texts.js';

export const passkeys: Translation<typeof en> = {
  'signIn.or': 'o',
  'signIn.passkey': 'Iniciar sesión con una llave de acceso',
  'activity.passkey.added': 'Llave de acceso añadida',
  'activity.passkey.renamed': 'Llave de acceso renombrada',
  'activity.passkey.removed': 'Llave de acceso eliminada',
  'activity.passkey.counter_rolled_back': 'Llave de acceso rechazada: es posible que se haya copiado',
  'notice.passkeyExpired.title': 'Ha tardado demasiado',
  'notice.passkeyExpired.text': 'Inténtelo de nuevo o inicie sesión con su contraseña.',
  'notice.passkeyUnknown.title': 'Esta llave de acceso no se conoce aquí',
  'notice.passkeyUnknown.text':
    'Puede que se haya eliminado o que pertenezca a otra organización o dirección. Utilice otra llave de acceso o su contraseña.',
  'notice.passkeyRefused.title': 'La llave de acceso no se ha aceptado',
  'notice.passkeyRefused.text': 'Inténtelo de nuevo o inicie sesión con su contraseña.',
  'notice.passkeyOff.title': 'Aquí no se pueden usar llaves de acceso para eso',
  'notice.passkeyOff.text': 'Inicie sesión con su contraseña.',
  'notice.passkeyAdded.title': 'Llave de acceso añadida',
  'notice.passkeyAdded.text': 'A partir de ahora puede usarla para demostrar que es usted.',
  'notice.passkeyRenamed.title': 'Llave de acceso renombrada',
  'notice.passkeyRenamed.text': 'El nuevo nombre aparece en la lista.',
  'notice.passkeyRemoved.title': 'Llave de acceso eliminada',
  'notice.passkeyRemoved.text':
    'Ya no se puede usar aquí. Si su dispositivo aún la ofrece, puede borrarla en los ajustes del dispositivo.',
  'passkey.cancelled.title': 'No se ha usado ninguna llave de acceso',
  'passkey.cancelled.text': 'No se ha elegido nada o se ha agotado el tiempo. Puede intentarlo de nuevo.',
  'passkey.failed.title': 'No ha funcionado',
  'passkey.failed.text': 'Vuelva a cargar la página o utilice otra forma.',
  'passkey.exists.title': 'Este dispositivo ya tiene una llave de acceso para usted',
  'passkey.exists.text': 'Puede usarla tal como está. Para añadir otra, elija otro dispositivo.',
  'passkeys.title': 'Llaves de acceso',
  'passkeys.text':
    'Con una llave de acceso demuestra que es usted al desbloquear su dispositivo con la huella, la cara o un PIN. Nadie puede adivinarla y ningún otro sitio web puede pedirla.',
  'passkeys.count':
    '{count, plural, =0 {Ninguna llave de acceso} one {# llave de acceso} many {# llaves de acceso} other {# llaves de acceso}}',
  'passkeys.none': 'Aún no tiene ninguna llave de acceso.',
  'passkeys.noneText': 'Añada una en cada dispositivo que use, o una que su gestor de contraseñas guarde para todos.',
  'passkeys.addedOn': 'Añadida el {date, date, day}',
  'passkeys.lastUsedOn': 'Usada por última vez el {date, date, moment}',
  'passkeys.neverUsed': 'Aún sin usar',
  'passkeys.synced': 'En varios dispositivos',
  'passkeys.elsewhere': 'Solo funciona en {host}',
  'passkeys.rename': 'Cambiar el nombre',
  'passkeys.renameOf': 'Cambiar el nombre de {name}',
  'passkeys.name': 'Nombre',
  'passkeys.save': 'Guardar',
  'passkeys.remove': 'Eliminar',
  'passkeys.removeOf': 'Eliminar {name}',
  'passkeys.add': 'Añadir una llave de acceso',
  'passkeys.needsScript':
    'Para añadir una llave de acceso, utilice un navegador que las admita, con JavaScript activado.',
  'passkeys.refused.expired': 'Ha tardado demasiado. Inténtelo de nuevo.',
  'passkeys.refused.refused':
    'La llave de acceso de este dispositivo no se ha aceptado. Inténtelo de nuevo o utilice otro dispositivo.',
  'passkeys.refused.already_added': 'Esta llave de acceso ya se ha añadido.',
  'passkeys.refused.too_many': 'Ya tiene el máximo de llaves de acceso. Elimine antes una.',
  'passkeys.refused.off': 'Aquí no se pueden añadir llaves de acceso.',
  'passkeys.refused.bad_name': 'Introduzca un nombre de hasta 60 caracteres visibles.',
  'passkeys.refused.title': 'No se ha cambiado nada',

  'factors.passkey.name': 'Llave de acceso',
  'factors.passkey.title': 'Usar su llave de acceso',
  'factors.passkey.text':
    'Demuestre que es usted con su llave de acceso: desbloquee su dispositivo con la huella, la cara o el PIN.',
  'factors.passkey.use': 'Usar la llave de acceso',
  'factors.passkey.elsewhere':
    'Sus llaves de acceso solo funcionan en {hosts}. Inicie sesión allí o utilice otra forma.',
  'factors.passkey.needsScript':
    'Esta página necesita un navegador que admita llaves de acceso, con JavaScript activado.',
  'passkeys.refused.last_factor': 'Es su único segundo factor y su organización exige uno. Configure antes otro.',
};
