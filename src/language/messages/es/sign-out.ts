import type { signOut as en } from '../en/sign-out.js';
import type { Translation } from '../texts.js';

export const signOut: Translation<typeof en> = {
  'signOut.title': '¿Cerrar sesión?',
  'signOut.heading': '¿Cerrar sesión en {tenant}?',
  'signOut.byClient': '{client} pide cerrar su sesión.',
  'signOut.signedInAs': 'Ha iniciado sesión como {name}.',
  'signOut.text':
    'Su sesión en este navegador terminará. Es posible que las aplicaciones en las que inició sesión la mantengan abierta hasta que la cierre también en ellas.',
  'signOut.confirm': 'Cerrar sesión',
  'signOut.stay': 'Mantener la sesión',

  'signedOut.title': 'Ha cerrado sesión',
  'signedOut.text': 'Su sesión en {tenant} ha terminado en este navegador.',
  'signedOut.shared':
    'Si otras personas usan este dispositivo, cierre también la sesión en las aplicaciones que ha usado y cierre la ventana del navegador.',
  'signedOut.applications': 'Aplicaciones',
  'signedOut.notified': 'Sesión cerrada',
  'signedOut.failed': 'Sin respuesta: cierre la sesión allí usted mismo',
  'signedOut.signInAgain': 'Iniciar sesión de nuevo',
};
