import type { setupLinks as en } from '../en/setup-links.js';
import type { Translation } from '../texts.js';

/** Links with which people without an account set a tenant up: their page and their mail. */
export const setupLinks: Translation<typeof en> = {
  'setupLink.title': 'Configurar {tenant}',
  'setupLink.text': '{maker} le pide que haga esto para {tenant}:',
  'setupLink.purpose.verify_domain': 'Demostrar que un dominio le pertenece',
  'setupLink.purpose.brand': 'Elegir el logotipo, los colores y los textos de las páginas',
  'setupLink.until': 'El enlace es válido hasta el {until, date, moment}.',
  'setupLink.again': 'Hasta entonces puede abrirlo cuantas veces lo necesite.',
  'setupLink.once': 'Solo puede abrirse una vez. A partir de ese momento tiene ocho horas.',
  'setupLink.account': 'No necesita una cuenta. Lo que cambie queda registrado.',
  'setupLink.submit': 'Empezar',
  'setupLink.ended': 'Este enlace ya no funciona',
  'setupLink.expired': 'Su plazo ha terminado. Pida uno nuevo a quien se lo envió.',
  'setupLink.revoked': 'Fue retirado. Pida uno nuevo a quien se lo envió.',
  'setupLink.used': 'Solo podía abrirse una vez, y ya se abrió. Pida uno nuevo a quien se lo envió.',
  'setupLink.maker': 'Quien lo creó ya no puede hacer aquello para lo que sirve. Pida uno nuevo.',
  'setupLink.unknown': 'Está incompleto o ya no se conserva. Ábralo de nuevo tal como lo recibió, o pida uno nuevo.',
  'mail.setupLink.subject': 'Configure {tenant}, por favor',
  'mail.setupLink.text':
    '{maker} le pide {purpose, select, verify_domain {que demuestre para {tenant} que un dominio le pertenece} brand {que elija el logotipo, los colores y los textos de las páginas de {tenant}} other {que configure algunas cosas para {tenant}}}.',
  'mail.setupLink.how': 'Abra el enlace y siga los pasos. No necesita una cuenta.',
  'mail.setupLink.button': 'Empezar la configuración',
  'mail.setupLink.until':
    'El enlace es válido hasta el {until, date, moment}. Quien lo tenga puede hacerlo; páselo solo a quienes deban hacerlo.',
  'mail.setupLink.notYou': 'Si no sabe de qué se trata, no tiene que hacer nada.',
};
