/** For a program of its own: SIGUSR2 makes it meet the fault that `FAULT` names, where nothing catches it. */
const FAULTS = {
  exception: () => {
    throw new Error('thrown on purpose');
  },
  rejection: () => void Promise.reject(new Error('rejected on purpose')),
  connection: () => {
    throw Object.assign(new Error('read ECONNRESET, on purpose'), { code: 'ECONNRESET' });
  },
};
process.on('SIGUSR2', () => setImmediate(FAULTS[process.env['FAULT']]));
