import { parentPort, workerData } from 'node:worker_threads';
import { paced, tokenRequests } from './paced.js';

/** Sends the requests of a tenant from a thread of its own, so that they hold up nobody who measures. */
const { origin, slug, secret, perSecond } = workerData;
const { ask, close } = tokenRequests(origin, slug, secret);

parentPort.on('message', async (seconds) => {
  if (seconds === undefined) {
    await close();
    return parentPort.close();
  }
  const statuses = {};
  const once = async () => {
    const { status } = await ask();
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  await paced(once, perSecond, seconds);
  parentPort.postMessage(statuses);
});
