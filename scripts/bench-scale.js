import { prepare } from './install.js';

/** `npm run bench:scale`: what lists take there, after `npm run seed:scale`. */
await prepare();
const { measureScale } = await import('../bench/scale.js');
await measureScale();
