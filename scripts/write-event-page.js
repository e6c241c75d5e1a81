import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_GROUPS } from '../dist/src/audit/catalogue/event-catalogue.js';
import { SUM_DETAILS, WRITE_DETAILS } from '../dist/src/audit/catalogue/event-description.js';
import { eventPage } from './event-page.js';
import { ROOT } from './install.js';

/** `npm run docs:events`, after a build. */
writeFileSync(
  join(ROOT, 'docs', 'events.md'),
  await eventPage(EVENT_GROUPS, { writes: WRITE_DETAILS, sums: SUM_DETAILS }),
);
