import { prepare, prepareConsole } from './install.js';

/** `npm run bench:console`: what people wait for in the console, in Chromium, after `npm run seed:scale`. */
await prepare();
await prepareConsole();
const { measureConsole } = await import('../bench/console.js');
await measureConsole();
