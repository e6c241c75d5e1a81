import type { attributes as en } from '../en/attributes.js';
import type { Texts } from '../texts.js';

export const attributes: Texts<typeof en> = {
  'attributes.title': 'Complete su perfil',
  'attributes.text': '{tenant} necesita estos datos de {username} antes de continuar.',
  'attributes.submit': 'Guardar y continuar',
  'attributes.leave': 'Ahora no',
  'attributes.missing': 'Complete su perfil',
  'attributes.choose': 'Elija una opción',
  'attributes.yes': 'Sí',
  'attributes.no': 'No',
  'attributes.lines': 'Una entrada por línea.',
  'profile.fault.missing': 'Este dato es necesario.',
  'profile.fault.not_a_number': 'Esto no es un número.',
  'profile.fault.not_a_choice': 'Elija entre las opciones ofrecidas.',
  'profile.fault.too_many': 'Son demasiadas entradas.',
};
