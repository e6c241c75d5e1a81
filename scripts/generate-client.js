import { writeFileSync } from 'node:fs';
import { clientFiles } from './api-client.js';
import { apiDocument } from './api-document.js';

/** `npm run generate:client`, after a build. */
for (const [file, text] of Object.entries(await clientFiles(await apiDocument()))) writeFileSync(file, text);
process.exit(0);
