/** There is nothing at this address: 404, the same for an unknown tenant, a suspended one and an unknown path. */
export class TenantNotFoundError extends Error {
  constructor() {
    super('There is nothing at this address.');
    this.name = 'TenantNotFoundError';
  }
}
