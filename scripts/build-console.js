import { prepareConsole } from './install.js';

/** Builds `console/` into `dist/console` when its sources have changed; part of `npm run build`. */
try {
  await prepareConsole();
} catch (error) {
  process.stderr.write(`The console could not be built. ${error.message}\n`);
  process.exit(1);
}
