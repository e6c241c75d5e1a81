import { prepare } from './install.js';

/** `npm run bench`: see bench/main.js for what is measured and the options. */
await prepare();
const { main } = await import('../bench/main.js');
await main();
