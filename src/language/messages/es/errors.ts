import type { errors as en } from '../en/errors.js';
import type { Translation } from '../texts.js';

export const errors: Translation<typeof en> = {
  'expired.title': 'El inicio de sesión ha tardado demasiado',
  'expired.text':
    'Para su protección, un inicio de sesión debe completarse en poco tiempo. No se ha perdido nada: simplemente empiece de nuevo.',
  'expired.startAgain': 'Empezar de nuevo',

  'notFound.title': 'Aquí no hay nada',
  'notFound.text':
    'Ningún servicio de inicio de sesión responde en esta dirección. Compruebe la dirección o el enlace que ha seguido.',

  'error.whoCanHelp': 'Qué puede hacer',
  'error.requestId': 'Número de solicitud',
  'error.code': 'Código',
  'error.person': 'Vuelva a la aplicación y empiece de nuevo. Si vuelve a ocurrir, avise a su equipo de asistencia.',
  'error.developer':
    'Solo quien desarrolla la aplicación puede corregirlo. Indíquele lo que ve aquí y el número de solicitud.',
  'error.administrator':
    'Un administrador de su organización puede corregirlo. Indíquele lo que ve aquí y el número de solicitud.',
  'error.operator':
    'Inténtelo de nuevo en un minuto. Si vuelve a ocurrir, contacte con el servicio de asistencia e indique el número de solicitud.',
  'error.wait':
    'Inténtelo de nuevo {wait}. Si vuelve a ocurrir, contacte con el servicio de asistencia e indique el número de solicitud.',
  'error.backToStart': 'Volver',
  'error.again': 'Intentarlo de nuevo',
  'error.toAccount': 'Su cuenta',
  'error.toSignIn': 'Iniciar sesión en su cuenta',
  'error.details': 'Para desarrolladores (solo se muestra en desarrollo)',

  'error.invalid_request.title': 'La aplicación ha enviado una solicitud incompleta',
  'error.invalid_request.text': 'Falta algo en la solicitud o algo no es correcto, por eso nos hemos detenido aquí.',
  'error.unknown_client.title': 'No conocemos esta aplicación',
  'error.unknown_client.text': 'La aplicación desde la que viene no está registrada aquí.',
  'error.redirect_uri_mismatch.title': 'No podemos devolverle de forma segura',
  'error.redirect_uri_mismatch.text':
    'La aplicación nos ha pedido que le enviemos a una dirección que no tiene registrada. Para su protección, no lo hacemos.',
  'error.form_expired.title': 'Este formulario ya no es válido',
  'error.form_expired.text':
    'Ha estado abierto demasiado tiempo o su navegador ha rechazado nuestra cookie. Permita las cookies de este sitio e inténtelo de nuevo.',
  'error.request_gone.title': 'Este inicio de sesión no puede continuar aquí',
  'error.request_gone.text':
    'Se empezó en otro navegador o hace demasiado tiempo, o su dirección está incompleta. Su cuenta no tiene ningún problema.',
  'error.not_found.title': 'Esta página no existe',
  'error.not_found.text': 'Compruebe la dirección o el enlace que ha seguido.',
  'error.unauthorized_client.title': 'La aplicación no puede hacer esto',
  'error.unauthorized_client.text': 'Está registrada, pero esta forma de iniciar sesión no está habilitada para ella.',
  'error.access_denied.title': 'No se ha dado acceso',
  'error.access_denied.text': 'Se ha comunicado a la aplicación que no puede usar su cuenta. No se ha compartido nada.',
  'error.unsupported_response.title': 'La aplicación ha pedido una respuesta que no ofrecemos',
  'error.unsupported_response.text':
    'Quiere el resultado del inicio de sesión en una forma que no está disponible aquí.',
  'error.invalid_scope.title': 'La aplicación ha pedido demasiado',
  'error.invalid_scope.text': 'Quiere permisos que no existen aquí o que no puede tener.',
  'error.invalid_target.title': 'La aplicación ha pedido un servicio desconocido',
  'error.invalid_target.text': 'Quiere acceder a un servicio que no existe aquí o que no puede usar.',
  'error.invalid_request_object.title': 'No hemos podido comprobar la solicitud',
  'error.invalid_request_object.text':
    'La aplicación ha enviado una solicitud firmada o enlazada que no es válida o que no se acepta aquí.',
  'error.server_error.title': 'Algo ha fallado por nuestra parte',
  'error.server_error.text': 'No es culpa suya, y no se ha perdido ninguno de sus datos.',
  'error.temporarily_unavailable.title': 'El servicio está muy ocupado en este momento',
  'error.temporarily_unavailable.text': 'No puede responder por ahora.',
  'error.too_many_requests.title': 'Demasiados inicios de sesión a la vez',
  'error.too_many_requests.text':
    'Desde su red se han empezado más inicios de sesión de los que aceptamos a la vez. Su cuenta no tiene ningún problema.',
  'error.tenant_busy.title': 'Demasiados inicios de sesión a la vez',
  'error.tenant_busy.text':
    'Aquí se han enviado demasiados inicios de sesión al mismo tiempo. Su cuenta no tiene ningún problema.',
  'error.login_required.title': 'No ha iniciado sesión',
  'error.login_required.text': 'La aplicación esperaba que ya hubiera iniciado sesión.',
  'error.interaction_required.title': 'Antes tenemos que preguntarle algo',
  'error.interaction_required.text':
    'La aplicación ha intentado continuar sin usted, pero este paso necesita su respuesta.',
  'error.stronger_sign_in.title': 'Se necesita un inicio de sesión más seguro',
  'error.stronger_sign_in.text':
    'La aplicación pide una forma de confirmar su identidad que no está configurada en su cuenta.',
};
