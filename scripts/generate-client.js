import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../dist/src/app.module.js';
import { ApiDescription } from '../dist/src/management/openapi/api-description.js';
import { ANY_PLATFORM, clientFiles } from './api-client.js';

/**
 * `npm run generate:client`, after a build. Nothing is started: the routes and their descriptions are all that is read
 * of the application.
 */
const config = { publicUrl: ANY_PLATFORM };
const database = { url: '', role: undefined, maxConnections: 1 };
const nest = await NestFactory.create(AppModule.forRoot({ config, database }), { preview: true, logger: false });
const description = new ApiDescription(config);
description.describe(nest);
for (const [file, text] of Object.entries(await clientFiles(await description.documentFor())))
  writeFileSync(file, text);
process.exit(0);
