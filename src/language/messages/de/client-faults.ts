import type { clientFaults as en } from '../en/client-faults.js';
import type { Texts } from '../texts.js';

export const clientFaults: Texts<typeof en> = {
  'clients.rule.uri_too_long': 'Sie ist länger als {most, number} Zeichen.',
  'clients.rule.uri_character': 'Sie enthält ein Zeichen, das in einer Adresse nicht vorkommen kann.',
  'clients.rule.uri_wildcard': 'Sie enthält einen Platzhalter. Geben Sie jede Adresse vollständig ein.',
  'clients.rule.uri_fragment': 'Sie hat ein Fragment, den Teil nach #. Lassen Sie es weg.',
  'clients.rule.uri_not_absolute': 'Sie ist keine vollständige Adresse. Sie beginnt mit einem Schema wie https:.',
  'clients.rule.uri_user_name': 'Vor dem Host steht ein Benutzername. Lassen Sie ihn weg.',
  'clients.rule.uri_parameter':
    'Sie hat den Parameter {name}, den die Antwort verwendet. Wählen Sie einen anderen Namen.',
  'clients.rule.uri_not_normal': 'Browser schreiben sie anders. Geben Sie {normal} ein.',
  'clients.rule.uri_not_https': 'Sie muss mit https beginnen.',
  'clients.rule.uri_not_loopback':
    'Sie muss mit https beginnen. Mit http geht nur der eigene Rechner, etwa http://127.0.0.1.',
  'clients.rule.uri_not_confidential':
    'Sie muss mit https beginnen. Für http im privaten Netz braucht die Anwendung ein Secret.',
  'clients.rule.uri_not_private': 'Sie muss mit https beginnen. http im privaten Netz ist hier nicht erlaubt.',
  'clients.rule.uri_scheme':
    'Sie muss mit https beginnen, mit http auf dem eigenen Rechner oder mit einem eigenen Schema wie com.example.app:.',
  'clients.rule.uri_scheme_dotless':
    'Sie muss mit https beginnen, mit http auf dem eigenen Rechner oder mit einem eigenen Schema mit Punkt wie com.example.app:. Eines ohne Punkt ist hier nicht erlaubt.',
  'clients.rule.not_offered': 'Hier möglich: {known}.',
  'clients.rule.grant_type_missing': 'Der Grant-Typ {name} wird für den Antworttyp {responseType} gebraucht.',
  'clients.rule.code_missing': 'Der Grant-Typ authorization_code braucht den Antworttyp code.',
  'clients.rule.token_missing': 'Der Grant-Typ implicit braucht den Antworttyp token oder id_token.',
  'clients.rule.uri_missing': 'Geben Sie mindestens eine Adresse ein.',
  'clients.rule.public_client': 'Eine Anwendung ohne Secret kann nicht für sich selbst handeln (client_credentials).',
  'clients.rule.openid_optional': 'Der Scope openid kann nicht freiwillig sein.',
  'clients.rule.keys_missing': 'Für private_key_jwt werden öffentliche Schlüssel gebraucht.',
  'clients.rule.keys_unusable': 'Mit keinem der Schlüssel lässt sich eine Signatur der Anwendung prüfen.',
  'clients.rule.keys_count': 'Geben Sie 1 bis {most, number} öffentliche Schlüssel an.',
  'clients.rule.key':
    'Der Schlüssel Nummer {place, number} kann nicht verwendet werden. Registrieren Sie an seiner Stelle einen anderen öffentlichen Schlüssel.',
  'clients.rule.pkce_off': 'Eine Anwendung ohne Secret muss PKCE verwenden.',
  'clients.rule.rotation_off': 'Die Refresh-Tokens einer Anwendung ohne Secret müssen bei jeder Verwendung wechseln.',
  'clients.rule.secret_missing': 'Die Anwendung braucht ein Secret. Erstellen Sie zuerst eines.',
  'clients.rule.scope_syntax': 'Geben Sie Namen von Scopes an, durch Leerzeichen getrennt.',
  'clients.rule.scope_ambiguous': 'Mehrere APIs haben den Scope {name}: {names}. Sagen Sie, welche gemeint ist.',
  'clients.rule.scope_of_management': '{name} ist ein Scope der Verwaltungs-API, den nur die Administration vergibt.',
  'clients.rule.api_unknown': 'Eine solche API gibt es hier nicht.',
  'clients.rule.scope_unknown': 'Die API hat keinen Scope {name}.',
  'clients.rule.scope_lost': 'Die API {api} hat einen verlangten Scope nicht mehr.',
  'clients.rule.grant_type_beyond': 'Anwendungen dürfen {name} hier nicht verwenden. Erlaubt: {allowed}.',
  'clients.rule.grant_type_none': 'Anwendungen dürfen {name} hier nicht verwenden. Kein Grant-Typ ist erlaubt.',
  'clients.rule.scope_beyond': 'Anwendungen dürfen hier nicht um {name} bitten. Erlaubt: {allowed}.',
  'clients.rule.scope_none': 'Anwendungen dürfen hier nicht um {name} bitten. Kein Scope ist erlaubt.',
  'clients.rule.host_beyond':
    'Sie führt zu einem Host, der hier nicht erlaubt ist. Erlaubt: {allowed}, und für installierte Anwendungen der eigene Rechner.',
  'clients.rule.host_none':
    'Sie führt zu einem Host, der hier nicht erlaubt ist. Nur installierte Anwendungen dürfen den eigenen Rechner verwenden.',
  'clients.differs.encoded': 'Die Adresse ist als Ganzes prozentkodiert. Geben Sie sie so ein, wie sie davor ist.',
  'clients.differs.not_absolute': 'Das ist keine vollständige Adresse. Sie beginnt mit einem Schema wie https:.',
  'clients.differs.differs': 'Sie sind nicht gleich.',
  'clients.differs.scheme_case': 'Das Schema ist anders großgeschrieben.',
  'clients.differs.scheme': 'Das Schema ist {found}, registriert ist {expected}.',
  'clients.differs.user': 'Vor dem Host steht ein Benutzername. Keine registrierte Adresse kann einen haben.',
  'clients.differs.fragment': 'Sie hat ein Fragment, den Teil nach #. Keine Redirect-URI kann eines haben.',
  'clients.differs.host_case': 'Der Host ist anders großgeschrieben.',
  'clients.differs.host_dot': 'Am Ende des Hosts steht ein Punkt.',
  'clients.differs.host_www': 'Der Host ist {found}, registriert ist {expected}. Mit www. ist es ein anderer Host.',
  'clients.differs.host_loopback':
    'Der Host ist {found}, registriert ist {expected}. Beide meinen den eigenen Rechner, werden aber als Texte verglichen.',
  'clients.differs.host': 'Der Host ist {found}, registriert ist {expected}.',
  'clients.differs.port_default':
    'Der Port {port} ist der übliche. Schreiben Sie ihn oder lassen Sie ihn weg, so wie er registriert ist.',
  'clients.differs.port_loopback':
    'Der Port ist ein anderer. Nur eine installierte Anwendung darf jeden Port des eigenen Rechners verwenden.',
  'clients.differs.port': 'Der Port ist {found}, registriert ist {expected}.',
  'clients.differs.port_missing': 'Der Port {expected} fehlt.',
  'clients.differs.port_added': 'Der Port {found} ist nicht registriert.',
  'clients.differs.path_slash_added': 'Am Ende steht ein Schrägstrich zu viel.',
  'clients.differs.path_slash_missing': 'Der Schrägstrich am Ende fehlt.',
  'clients.differs.path_encoding': 'Der Pfad ist anders prozentkodiert. Schreiben Sie ihn so, wie er registriert ist.',
  'clients.differs.path_case': 'Der Pfad ist anders großgeschrieben. Das sind andere Zeichen.',
  'clients.differs.path_slashes': 'Im Pfad folgen zwei Schrägstriche aufeinander.',
  'clients.differs.path_dots':
    'Ein Teil des Pfads besteht nur aus einem oder zwei Punkten. Er wird verglichen, wie er geschrieben ist.',
  'clients.differs.path': 'Der Pfad ist {found}, registriert ist {expected}.',
  'clients.differs.query_missing': 'Die Query {expected} fehlt.',
  'clients.differs.query_added':
    'Die Query {found} ist nicht registriert. Was die Anwendung später braucht, gehört in state.',
  'clients.differs.query_encoding':
    'Die Query ist anders prozentkodiert. Schreiben Sie sie so, wie sie registriert ist.',
  'clients.differs.query_order': 'Die Parameter der Query stehen in anderer Reihenfolge.',
  'clients.differs.query': 'Die Query ist {found}, registriert ist {expected}.',
  'clients.differs.invisible':
    'Das Zeichen {position, number} ist {character}, das niemand sieht. Es kommt vom Kopieren.',
  'clients.differs.invisible_before': 'Vor der Adresse steht {character}, das niemand sieht. Es kommt vom Kopieren.',
  'clients.differs.invisible_behind': 'Hinter der Adresse steht {character}, das niemand sieht. Es kommt vom Kopieren.',
  'clients.differs.look_alike': 'Das Zeichen {position, number} ist {character}. Es sieht nur aus wie {ascii}.',
  'clients.differs.look_alike_registered':
    'Das Zeichen {position, number} ist {character}. Es sieht nur aus wie {ascii}, das registriert ist.',
  'clients.differs.not_ascii':
    'Das Zeichen {position, number} ist {character}, das in einer Adresse prozentkodiert steht.',
};
