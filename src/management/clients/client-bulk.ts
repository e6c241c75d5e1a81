import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { type BulkItem, BulkWrites } from '../kit/bulk-writes.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import type { BulkClientsDto, ClientOperationDto } from './bulk-clients.dto.js';
import { ClientManagement } from './client-management.js';
import { UpdateClientDto } from './clients.dto.js';

/** Many changes of clients in one request. */
@Injectable()
export class ClientBulk {
  constructor(
    private readonly bulk: BulkWrites,
    private readonly clients: ClientManagement,
  ) {}

  perform(write: ManagementWrite, tenant: Tenant, { operations }: BulkClientsDto): Promise<WriteAnswer> {
    return this.bulk.perform(
      write,
      tenant,
      operations.map((operation) => this.itemOf(tenant, operation)),
    );
  }

  private itemOf(tenant: Tenant, { op, client_id: clientId, if_match: ifMatch }: ClientOperationDto): BulkItem {
    if (op === 'delete') return { status: 204, work: (write) => this.clients.delete(write, tenant, clientId, ifMatch) };
    const body = Object.assign(new UpdateClientDto(), { enabled: op === 'enable' });
    return { status: 200, work: (write) => this.clients.update(write, tenant, { clientId, body, ifMatch }) };
  }
}
