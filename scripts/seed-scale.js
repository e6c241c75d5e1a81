import { prepare } from './install.js';

/** `npm run seed:scale`: 100,000 tenants and one of 1,000,000 users; see bench/seed-scale.js for the options. */
await prepare();
const { seedScale } = await import('../bench/seed-scale.js');
await seedScale();
