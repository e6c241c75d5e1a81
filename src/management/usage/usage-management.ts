import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { AuditSealer } from '../../audit-chain/audit-sealer.js';
import type { Tenant } from '../../tenants/tenant.js';
import { DailyUsageRepository } from '../../usage/daily-usage.repository.js';
import { type DailyUsage, KEPT_DAYS, NO_USAGE, USAGE_NAMES, dayOf } from '../../usage/daily-usage.js';
import { invalidParameter } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';
import type { UsageQuery } from './usage.query.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/** What a tenant did, day by day. */
@Injectable()
export class UsageManagement {
  constructor(
    private readonly recorder: AuditRecorder,
    private readonly sealer: AuditSealer,
    private readonly usage: DailyUsageRepository,
  ) {}

  async get(tenant: Tenant, query: UsageQuery): Promise<View> {
    const { first, last } = daysOf(query);
    // What was just done counts, too.
    await this.recorder.flush();
    await this.sealer.sealRecent(tenant.id);
    const used = new Map((await this.usage.list(tenant.id, first, last)).map((day) => [day.day, day]));
    const days = eachDay(first, last).map((day) => used.get(day) ?? { day, ...NO_USAGE });
    return { from: first, to: last, total: toWire(totalOf(days)), data: days.map((day) => toWire(day)) };
  }
}

/** @throws Problem when the days are in the wrong order, or more than are kept */
function daysOf({ from, to }: UsageQuery): { readonly first: string; readonly last: string } {
  const last = to ?? dayOf(new Date());
  const first = from ?? dayOf(new Date(Date.parse(last) - (DEFAULT_DAYS - 1) * DAY_MS));
  if (first > last) throw invalidParameter('from', `must not be after ${last}, which is the last day`);
  if (Date.parse(last) - Date.parse(first) >= KEPT_DAYS * DAY_MS) {
    throw invalidParameter('from', `must be one of the ${KEPT_DAYS} days up to ${last}; as many are kept`);
  }
  return { first, last };
}

function eachDay(first: string, last: string): string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, index) => dayOf(new Date(Date.parse(first) + index * DAY_MS)));
}

function totalOf(days: readonly DailyUsage[]): Readonly<Record<string, number>> {
  return Object.fromEntries(USAGE_NAMES.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)]));
}
