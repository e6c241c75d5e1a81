import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { CACHE } from './ecosystems.js';
import { freePort } from '../../../scripts/free-port.js';
import { startPlatform } from './platform.js';
import { run } from './program.js';

const FILES = {
  key: join(CACHE, 'tls', 'localhost.key'),
  cert: join(CACHE, 'tls', 'localhost.pem'),
  bundle: join(CACHE, 'tls', 'trusted.pem'),
};

/**
 * The certificate of this machine, made once, behind those that this process was told to trust. Node.js trusts them when
 * `NODE_EXTRA_CA_CERTS` names the file at its start.
 */
export async function certificates() {
  if (!existsSync(FILES.cert)) {
    mkdirSync(join(CACHE, 'tls'), { recursive: true });
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const output = ['-keyout', FILES.key, '-out', FILES.cert];
    await run(['openssl', 'req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-days', '3650', ...names, ...output]);
  }
  const others = process.env['NODE_EXTRA_CA_CERTS'];
  if (others !== FILES.bundle) {
    const texts = [...(others ? [others] : []), FILES.cert].map((file) => readFileSync(file, 'utf8'));
    writeFileSync(FILES.bundle, texts.join('\n'));
  }
  return FILES.bundle;
}

/** Another platform, behind a proxy that speaks TLS. */
export async function startWithTls() {
  const port = await freePort();
  const publicUrl = `https://localhost:${port}`;
  let target = 0;
  const { key, cert } = { key: readFileSync(FILES.key), cert: readFileSync(FILES.cert) };
  const proxy = createServer({ key, cert }, (incoming, answer) => {
    const headers = { ...incoming.headers, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
    const { method, url: path } = incoming;
    const outgoing = request({ host: '127.0.0.1', port: target, method, path, headers }, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    outgoing.once('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  const platform = await startPlatform({
    publicUrl: (own) => {
      target = own;
      return publicUrl;
    },
    env: { TRUST_PROXY: '1' },
  });
  const stop = async () => {
    proxy.closeAllConnections();
    proxy.close();
    await platform.stop();
  };
  return { ...platform, stop };
}
