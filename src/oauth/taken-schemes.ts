/**
 * Schemes that browsers and systems keep for themselves: they run scripts, read files, open other programs, or name what
 * is no application. A native application can own none of them.
 */
const TAKEN = new Set([
  ...[
    'http',
    'https',
    'ws',
    'wss',
    'ftp',
    'ftps',
    'sftp',
    'gopher',
    'nntp',
    'telnet',
    'ssh',
    'ldap',
    'ldaps',
    'smb',
    'nfs',
  ],
  ...['javascript', 'vbscript', 'livescript', 'mocha', 'jscript', 'data', 'blob', 'filesystem', 'file', 'about', 'jar'],
  ...['view-source', 'mhtml', 'mk', 'res', 'resource', 'chrome', 'chrome-extension', 'moz-extension', 'edge', 'opera'],
  ...['devtools', 'chrome-devtools', 'wyciwyg', 'feed', 'content', 'intent', 'android-app', 'ms-appx', 'ms-appx-web'],
  ...['search-ms', 'ms-msdt', 'shell', 'hcp', 'its', 'ms-its', 'cid', 'mid', 'urn', 'tag', 'ni', 'oob'],
  ...[
    'mailto',
    'tel',
    'sms',
    'smsto',
    'mms',
    'geo',
    'sip',
    'sips',
    'callto',
    'market',
    'itms',
    'itms-apps',
    'itms-services',
  ],
  ...['magnet', 'bitcoin', 'webcal', 'irc', 'ircs', 'xmpp', 'news', 'git', 'svn', 'rsync', 'vnc', 'rdp'],
]);

/** @param protocol with its colon, as the URL parser writes it */
export function isTakenScheme(protocol: string): boolean {
  return TAKEN.has(protocol.slice(0, -1));
}
