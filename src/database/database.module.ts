import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ChangeFeed } from './change-feed.js';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { DATABASE_SETTINGS, type DatabaseSettings } from './database-settings.js';
import { TenantCaches } from './tenant-caches.js';

/** The pool, tenant-scoped transactions, the announcement of changes, and the caches that hear of them. */
@Module({})
export class DatabaseModule {
  static forRoot(settings: DatabaseSettings): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          // Each module brings its own entities (TypeOrmModule.forFeature).
          useFactory: () => ({ ...dataSourceOptions(settings), autoLoadEntities: true, retryAttempts: 0 }),
          dataSourceFactory: async (options) => {
            if (!options) throw new Error('The data source has no options.');
            return new DataSource(options).initialize();
          },
        }),
      ],
      providers: [{ provide: DATABASE_SETTINGS, useValue: settings }, Database, ChangeFeed, TenantCaches],
      exports: [DATABASE_SETTINGS, Database, ChangeFeed, TenantCaches],
    };
  }
}
