/**
 * What an attacker gives for the registered `https://rp.test/{path}`: none of it is that URI, though many a parser, or a
 * comparison by prefix, by host or after decoding, would take it for it.
 */
export function hostileUris(path: string): readonly string[] {
  const registered = `https://rp.test/${path}`;
  return [
    `https://evil.test/${path}`,
    // another spelling
    `https://rp.test/${path.toUpperCase()}`,
    `${registered}/`,
    `${registered}?`,
    `${registered}?x=1`,
    `${registered};x=1`,
    `${registered}#`,
    `${registered}#f`,
    `${registered}%23f`,
    `https://rp.test/%${path.charCodeAt(0).toString(16)}${path.slice(1)}`,
    `https://rp.test//${path}`,
    `https://rp.test/x/../${path}`,
    `https://rp.test/./${path}`,
    `${registered}/../evil`,
    `${registered}/..;/x`,
    `HTTPS://rp.test/${path}`,
    `https://RP.test/${path}`,
    // another scheme, port or user
    `http://rp.test/${path}`,
    `https://rp.test:443/${path}`,
    `https://rp.test:8443/${path}`,
    `https://@rp.test/${path}`,
    `https://rp.test@evil.test/${path}`,
    `https://rp.test:x@evil.test/${path}`,
    `https://evil.test\\@rp.test/${path}`,
    `https://rp.test\\.evil.test/${path}`,
    `https:\\\\rp.test\\${path}`,
    // another host
    `https://rp.test.evil.test/${path}`,
    `https://rp.testevil.test/${path}`,
    `https://rp.test./${path}`,
    `https://xrp.test/${path}`,
    `https://sub.rp.test/${path}`,
    `https://evil.test/${registered}`,
    `https://evil.test/?${registered}`,
    `https://rp\u2024test/${path}`,
    `https://ｒp.test/${path}`,
    // not absolute, or not an address at all
    `//rp.test/${path}`,
    `/${path}`,
    `rp.test/${path}`,
    ' ',
    ` ${registered}`,
    `${registered} `,
    `${registered}, https://evil.test`,
    `${registered} https://evil.test`,
    'javascript:alert(1)',
    'data:text/html,evil.test',
    // control characters, and a header that is none
    `${registered}\r\nLocation: https://evil.test`,
    `${registered}\t`,
    `${registered}\u0000`,
    `${registered}\u007f`,
    `${registered}\u0085`,
  ];
}
