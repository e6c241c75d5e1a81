import { Inject, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Tenant } from '../tenants/tenant.js';
import { UsersService } from '../users/users.service.js';
import { PERSONAL_DATA, type PersonalData } from './personal-data.js';
import { AccountGoneError } from './profiles.js';

/** What is held about a person, for that person. */
@Injectable()
export class DataExport {
  constructor(
    @Inject(PERSONAL_DATA) private readonly parts: readonly PersonalData[],
    private readonly users: UsersService,
    private readonly audit: AuditRecorder,
  ) {}

  /** @throws AccountGoneError */
  async create(tenant: Tenant, userId: string, origin: RequestOrigin): Promise<Readonly<Record<string, unknown>>> {
    const user = await this.users.findEntity(tenant.id, userId);
    if (!user) throw new AccountGoneError('The account is gone.');
    const data: Record<string, unknown> = {};
    for (const part of this.parts) data[part.name] = await part.collect(tenant, user);
    this.audit.record({ tenantId: tenant.id, type: 'user.data_exported', outcome: 'success', userId, origin });
    return { exported_at: new Date(), issuer: tenant.issuer, ...data };
  }
}
