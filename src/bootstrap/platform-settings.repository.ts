import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const find = statement('platform_settings.find', 'SELECT value FROM platform_settings WHERE name = $1');
const create = statement(
  'platform_settings.create',
  'INSERT INTO platform_settings (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

const put = statement(
  'platform_settings.put',
  'INSERT INTO platform_settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value',
);

/** Facts about this installation that its database remembers. */
@Injectable()
export class PlatformSettingsRepository {
  constructor(private readonly database: Database) {}

  async find<Value>(name: string): Promise<Value | undefined> {
    const [row] = await this.database.platformQuery<{ value: Value }>(find, [name]);
    return row?.value;
  }

  /** Keeps the first value that was given. */
  async create(name: string, value: unknown): Promise<void> {
    await this.database.platformQuery(create, [name, JSON.stringify(value)]);
  }

  /** Keeps the last value that was given. */
  async put(name: string, value: unknown): Promise<void> {
    await this.database.platformQuery(put, [name, JSON.stringify(value)]);
  }
}
