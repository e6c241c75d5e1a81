import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { TenantRequest } from '../tenants/tenant-request.js';
import { ConsoleProblem } from './console-problem.js';

/**
 * Lets nothing through that a page of another site could send. A header of its own needs a preflight, which is never
 * granted here; and browsers say who asks (Fetch Metadata §2.2).
 */
@Injectable()
export class SamePageGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<TenantRequest>();
    if (headers['tenantry-console'] !== '1') {
      throw new ConsoleProblem('foreign-request', 'Send the header Tenantry-Console: 1.');
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') {
      throw new ConsoleProblem(
        'foreign-request',
        'Only pages of this origin may ask, and Sec-Fetch-Site names another one.',
      );
    }
    return true;
  }
}
