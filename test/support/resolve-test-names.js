import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/** For a program of its own: names below `.test` are this machine, as a deployment's resolver would know its names. */
const isTestName = (name) => name.endsWith('.test');
const { lookup } = dns;
dns.lookup = (name, options, callback) => {
  const [settings, done] = typeof options === 'function' ? [{}, options] : [options, callback];
  if (!isTestName(name)) return lookup(name, settings, done);
  if (settings.all) return done(null, [{ address: '127.0.0.1', family: 4 }]);
  return done(null, '127.0.0.1', 4);
};
const { lookup: lookupPromised } = dns.promises;
dns.promises.lookup = async (name, ...options) =>
  isTestName(name) ? { address: '127.0.0.1', family: 4 } : lookupPromised(name, ...options);
syncBuiltinESMExports();
