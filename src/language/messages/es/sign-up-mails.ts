import type { signUpMails as en } from '../en/sign-up-mails.js';
import type { Translation } from '../texts.js';

export const signUpMails: Translation<typeof en> = {
  'mail.signUp.subject': 'Confirme su dirección para {tenant}',
  'mail.signUp.text': 'Alguien, probablemente usted, quiere crear una cuenta en {tenant} con la dirección {address}.',
  'mail.signUp.how': 'Escriba este código donde empezó, o abra el enlace y confirme allí. Ambos valen 24 horas.',
  'mail.signUp.button': 'Confirmar y crear la cuenta',
  'mail.signUp.notYou': 'Si no fue usted, no tiene que hacer nada: sin su confirmación no se crea ninguna cuenta.',
  'mail.accountExists.subject': 'Ya tiene una cuenta en {tenant}',
  'mail.accountExists.text':
    'Alguien, probablemente usted, quiso usar la dirección {address} para una cuenta en {tenant}. Ya hay una cuenta con ella.',
  'mail.accountExists.how':
    'Inicie sesión con ella. Si ha olvidado la contraseña, puede restablecerla en la página de inicio de sesión.',
  'mail.accountExists.button': 'Iniciar sesión',
  'mail.accountExists.notYou':
    'Si no fue usted, no tiene que hacer nada. Su cuenta no ha cambiado y no se ha dicho nada a nadie.',
  'mail.verifyAddress.subject': 'Confirme su dirección para {tenant}',
  'mail.verifyAddress.text': 'Confirme que {address} es la dirección de su cuenta en {tenant}.',
  'mail.verifyAddress.how':
    'Escriba este código donde se lo pidieron, o abra el enlace y confirme allí. Ambos valen 24 horas.',
  'mail.verifyAddress.button': 'Confirmar la dirección',
  'mail.verifyAddress.notYou': 'Si no lo ha pedido usted, no tiene que hacer nada.',
  'mail.invitation.subject': 'Invitación a {tenant}',
  'mail.invitation.text': 'Ha recibido una invitación para crear una cuenta en {tenant} con la dirección {address}.',
  'mail.invitation.how': 'Abra el enlace, elija una contraseña y ya está.',
  'mail.invitation.button': 'Aceptar la invitación',
  'mail.invitation.until': 'La invitación es válida hasta el {until, date, moment}.',
  'mail.invitation.notYou': 'Si no sabe de qué se trata, no tiene que hacer nada.',
  'mail.setPassword.subject': 'Establezca su contraseña para {tenant}',
  'mail.setPassword.text': 'Puede establecer la contraseña de su cuenta en {tenant}.',
  'mail.setPassword.username': 'Su nombre de usuario: {username}',
  'mail.setPassword.button': 'Establecer contraseña',
  'mail.setPassword.until': 'El enlace es válido hasta el {until, date, moment}.',
  'mail.setPassword.notYou': 'Si no sabe de qué se trata, no tiene que hacer nada.',
};
