import type { clientFaults as en } from '../en/client-faults.js';
import type { Texts } from '../texts.js';

export const clientFaults: Texts<typeof en> = {
  'clients.rule.uri_too_long': 'Tiene más de {most, number} caracteres.',
  'clients.rule.uri_character': 'Tiene un carácter que una dirección no puede tener.',
  'clients.rule.uri_wildcard': 'Tiene un comodín. Escriba cada dirección completa.',
  'clients.rule.uri_fragment': 'Tiene un fragmento, la parte después de #. Quítelo.',
  'clients.rule.uri_not_absolute': 'No es una dirección completa. Empieza por un esquema, como https:.',
  'clients.rule.uri_user_name': 'Tiene un nombre de usuario delante del host. Quítelo.',
  'clients.rule.uri_parameter': 'Tiene el parámetro {name}, que usa la respuesta. Elija otro nombre.',
  'clients.rule.uri_not_normal': 'Los navegadores la escriben de otra forma. Escriba {normal}.',
  'clients.rule.uri_not_https': 'Tiene que empezar por https.',
  'clients.rule.uri_not_loopback':
    'Tiene que empezar por https. Con http solo se admite el propio equipo, como http://127.0.0.1.',
  'clients.rule.uri_not_confidential':
    'Tiene que empezar por https. Con http en una red privada la aplicación necesita un secreto.',
  'clients.rule.uri_not_private': 'Tiene que empezar por https. Aquí no se permite http en una red privada.',
  'clients.rule.uri_scheme':
    'Tiene que empezar por https, por http en el propio equipo o por un esquema suyo, como com.example.app:.',
  'clients.rule.uri_scheme_dotless':
    'Tiene que empezar por https, por http en el propio equipo o por un esquema suyo con un punto, como com.example.app:. Aquí no se permite uno sin punto.',
  'clients.rule.not_offered': 'Posibles aquí: {known}.',
  'clients.rule.grant_type_missing':
    'El tipo de concesión {name} es necesario para el tipo de respuesta {responseType}.',
  'clients.rule.code_missing': 'El tipo de concesión authorization_code necesita el tipo de respuesta code.',
  'clients.rule.token_missing': 'El tipo de concesión implicit necesita el tipo de respuesta token o id_token.',
  'clients.rule.uri_missing': 'Escriba al menos una dirección.',
  'clients.rule.public_client': 'Una aplicación sin secreto no puede actuar por sí misma (client_credentials).',
  'clients.rule.openid_optional': 'El scope openid no puede ser opcional.',
  'clients.rule.keys_missing': 'Para private_key_jwt hacen falta claves públicas.',
  'clients.rule.keys_unusable': 'Ninguna de las claves sirve para comprobar una firma de la aplicación.',
  'clients.rule.keys_count': 'Indique de 1 a {most, number} claves públicas.',
  'clients.rule.key': 'La clave número {place, number} no se puede usar. Registre otra clave pública en su lugar.',
  'clients.rule.pkce_off': 'Una aplicación sin secreto tiene que usar PKCE.',
  'clients.rule.rotation_off':
    'Los tokens de actualización de una aplicación sin secreto tienen que cambiar con cada uso.',
  'clients.rule.secret_missing': 'La aplicación necesita un secreto. Cree uno primero.',
  'clients.rule.scope_syntax': 'Indique nombres de scopes separados por espacios.',
  'clients.rule.scope_ambiguous': 'Varias API tienen el scope {name}: {names}. Diga cuál es.',
  'clients.rule.scope_of_management':
    '{name} es un scope de la API de administración, que solo conceden los administradores.',
  'clients.rule.api_unknown': 'Aquí no existe esa API.',
  'clients.rule.scope_unknown': 'La API no tiene el scope {name}.',
  'clients.rule.scope_lost': 'La API {api} ya no tiene un scope que se pide.',
  'clients.rule.grant_type_beyond': 'Aquí las aplicaciones no pueden usar {name}. Permitidos: {allowed}.',
  'clients.rule.grant_type_none':
    'Aquí las aplicaciones no pueden usar {name}. No se permite ningún tipo de concesión.',
  'clients.rule.scope_beyond': 'Aquí las aplicaciones no pueden pedir {name}. Permitidos: {allowed}.',
  'clients.rule.scope_none': 'Aquí las aplicaciones no pueden pedir {name}. No se permite ningún scope.',
  'clients.rule.host_beyond':
    'Lleva a un host que aquí no se permite. Permitidos: {allowed}, y el propio equipo para las aplicaciones instaladas.',
  'clients.rule.host_none':
    'Lleva a un host que aquí no se permite. Solo las aplicaciones instaladas pueden usar el propio equipo.',
  'clients.differs.encoded':
    'La dirección está codificada por completo con porcentajes. Escríbala como es antes de eso.',
  'clients.differs.not_absolute': 'No es una dirección completa. Empieza por un esquema, como https:.',
  'clients.differs.differs': 'No son iguales.',
  'clients.differs.scheme_case': 'El esquema está escrito con otras mayúsculas.',
  'clients.differs.scheme': 'El esquema es {found}, y está registrado {expected}.',
  'clients.differs.user': 'Hay un nombre de usuario delante del host. Ninguna dirección registrada puede tenerlo.',
  'clients.differs.fragment': 'Tiene un fragmento, la parte después de #. Ninguna URI de redirección puede tenerlo.',
  'clients.differs.host_case': 'El host está escrito con otras mayúsculas.',
  'clients.differs.host_dot': 'El host termina con un punto.',
  'clients.differs.host_www': 'El host es {found}, y está registrado {expected}. Con www. es otro host.',
  'clients.differs.host_loopback':
    'El host es {found}, y está registrado {expected}. Ambos son el propio equipo, pero se comparan como textos.',
  'clients.differs.host': 'El host es {found}, y está registrado {expected}.',
  'clients.differs.port_default': 'El puerto {port} es el habitual. Escríbalo u omítalo, como está registrado.',
  'clients.differs.port_loopback':
    'El puerto es otro. Solo una aplicación instalada puede usar cualquier puerto del propio equipo.',
  'clients.differs.port': 'El puerto es {found}, y está registrado {expected}.',
  'clients.differs.port_missing': 'Falta el puerto {expected}.',
  'clients.differs.port_added': 'El puerto {found} no está registrado.',
  'clients.differs.path_slash_added': 'Sobra una barra al final.',
  'clients.differs.path_slash_missing': 'Falta la barra al final.',
  'clients.differs.path_encoding': 'La ruta está codificada de otra forma. Escríbala como está registrada.',
  'clients.differs.path_case': 'La ruta está escrita con otras mayúsculas. Son otros caracteres.',
  'clients.differs.path_slashes': 'En la ruta hay dos barras seguidas.',
  'clients.differs.path_dots': 'Una parte de la ruta es solo uno o dos puntos. Se compara como está escrita.',
  'clients.differs.path': 'La ruta es {found}, y está registrada {expected}.',
  'clients.differs.query_missing': 'Falta la consulta {expected}.',
  'clients.differs.query_added':
    'La consulta {found} no está registrada. Lo que la aplicación necesite después va en state.',
  'clients.differs.query_encoding': 'La consulta está codificada de otra forma. Escríbala como está registrada.',
  'clients.differs.query_order': 'Los parámetros de la consulta están en otro orden.',
  'clients.differs.query': 'La consulta es {found}, y está registrada {expected}.',
  'clients.differs.invisible': 'El carácter {position, number} es {character}, que nadie ve. Viene de copiar y pegar.',
  'clients.differs.invisible_before':
    'Delante de la dirección está {character}, que nadie ve. Viene de copiar y pegar.',
  'clients.differs.invisible_behind': 'Detrás de la dirección está {character}, que nadie ve. Viene de copiar y pegar.',
  'clients.differs.look_alike': 'El carácter {position, number} es {character}. Solo se parece a {ascii}.',
  'clients.differs.look_alike_registered':
    'El carácter {position, number} es {character}. Solo se parece a {ascii}, que está registrado.',
  'clients.differs.not_ascii':
    'El carácter {position, number} es {character}, que en una dirección va codificado con porcentaje.',
};
