import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { DataKeysRepository, type MasterKeyState } from './data-keys.repository.js';
import { MasterKeyWrapper } from './master-key-wrapper.js';

/** How soon a process hears that the new key wraps. */
const REFRESH_MS = 2000;
/** After this no process wraps under the previous key any more. */
const SETTLE_MS = 3 * REFRESH_MS;
const BATCH_SIZE = 200;

/**
 * The change of `MASTER_KEY`. First every process gets the new key beside `MASTER_KEY_PREVIOUS`; both open, the previous
 * one wraps. Then `tenantry keys rewrap` makes the new one wrap and moves every tenant's data key under it, which other
 * processes hear of within seconds. The data keys stay what they are, so nothing that is cached or sealed changes.
 */
@Injectable()
export class MasterKeyChange implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MasterKeyChange.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: DataKeysRepository,
    private readonly wrapper: MasterKeyWrapper,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.wrapper.previous) return;
    this.timer = setInterval(() => void this.refresh(), REFRESH_MS).unref();
    void this.refresh();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  findState(): Promise<MasterKeyState> {
    return this.repository.findState();
  }

  /** Moves every data key under the current master key. Safe to repeat. @returns how many were moved */
  async rewrap(): Promise<number> {
    const { print } = this.wrapper.current;
    if ((await this.findState()).print !== print) await this.repository.beginChange(print);
    this.wrapper.wrapWithCurrent();
    let moved = 0;
    let inPass: number;
    do {
      await delay(SETTLE_MS);
      inPass = await this.moveAll();
      moved += inPass;
    } while (inPass > 0);
    await this.repository.endChange(print);
    return moved;
  }

  private async moveAll(): Promise<number> {
    let moved = 0;
    let ids: string[] = [];
    do {
      ids = await this.repository.listTenants({ after: ids.at(-1) ?? null, limit: BATCH_SIZE });
      for (const id of ids) if (await this.move(toTenantId(id))) moved += 1;
    } while (ids.length === BATCH_SIZE);
    return moved;
  }

  private move(tenantId: TenantId): Promise<boolean> {
    return this.repository.change(tenantId, async (wrapped) => {
      if (this.wrapper.isCurrent(wrapped)) return undefined;
      const dataKey = await this.wrapper.unwrap(tenantId, wrapped);
      const moved = await this.wrapper.wrap(tenantId, dataKey);
      dataKey.fill(0);
      return moved;
    });
  }

  private async refresh(): Promise<void> {
    try {
      const { print } = await this.findState();
      if (print !== this.wrapper.current.print) return;
      this.wrapper.wrapWithCurrent();
      clearInterval(this.timer);
    } catch (error) {
      this.logger.warn(`Which master key wraps could not be asked: ${(error as Error).message}`);
    }
  }
}
