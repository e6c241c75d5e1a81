import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../dist/src/app.module.js';
import { ApiDescription } from '../dist/src/management/openapi/api-description.js';
import { ANY_PLATFORM } from './api-client.js';

/**
 * The OpenAPI document of the build in `dist`. Nothing is started: the routes and their descriptions are all that is
 * read of the application.
 */
export async function apiDocument() {
  const config = { publicUrl: ANY_PLATFORM };
  const database = { url: '', role: undefined, maxConnections: 1 };
  const nest = await NestFactory.create(AppModule.forRoot({ config, database }), { preview: true, logger: false });
  const description = new ApiDescription(config);
  description.describe(nest);
  return JSON.parse(await description.documentFor());
}
