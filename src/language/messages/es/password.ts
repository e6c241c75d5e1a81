import type { password as en } from '../en/password.js';
import type { Translation } from '../texts.js';

export const password: Translation<typeof en> = {
  'password.title': 'Cambiar la contraseña',
  'password.text': 'Después, su sesión seguirá abierta aquí y se cerrará en todos los demás lugares.',
  'password.current': 'Contraseña actual',
  'password.new': 'Contraseña nueva',
  'password.again': 'Repita la contraseña nueva',
  'password.rule':
    'Al menos {count, number} caracteres. Varias palabras sin relación entre sí son fáciles de recordar y difíciles de adivinar.',
  'password.submit': 'Cambiar contraseña',
  'password.back': 'Volver a su cuenta',
  'password.failed': 'Su contraseña no se ha cambiado',
  'password.fields_required': 'Rellene los tres campos.',
  'password.not_repeated': 'Las dos contraseñas nuevas no coinciden. Introdúzcalas de nuevo.',
  'password.wrong_password': 'La contraseña actual no es correcta. Compruébela e inténtelo de nuevo.',
  'password.too_short': 'La contraseña nueva es demasiado corta. Debe tener al menos {count, number} caracteres.',
  'password.too_long': 'La contraseña nueva es demasiado larga. Puede tener como máximo 256 caracteres.',
  'password.too_common':
    'La contraseña nueva es fácil de adivinar: es muy común, sigue un patrón o contiene un nombre o una palabra no permitidos. Elija otra.',
  'password.unusable_character': 'La contraseña nueva contiene un carácter que no se puede usar.',
  'password.breached':
    'La contraseña nueva se conoce por una filtración de datos y los atacantes la prueban. Elija otra que no use en ningún otro sitio.',
  'password.unchecked':
    'Ahora mismo no podemos comprobar si la contraseña nueva se conoce por una filtración de datos. Inténtelo de nuevo en un momento.',
  'password.show': 'Mostrar',
  'password.hide': 'Ocultar',
};
