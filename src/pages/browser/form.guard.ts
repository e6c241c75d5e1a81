import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { readForm } from '../../protocol/form-body.js';
import { type PageRequest, browserOf } from './current-browser.js';
import { type FormPurpose, checkCsrfToken, checkSameOrigin } from './csrf.js';

const PURPOSE = 'pages:form-purpose';

/** Which of our forms a handler takes. */
export const TakesForm = (purpose: FormPurpose) => SetMetadata(PURPOSE, purpose);

/** Reads a form that changes something, and makes sure it came from our own page in this browser. */
@Injectable()
export class FormGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const purpose = this.reflector.get<FormPurpose | undefined>(PURPOSE, context.getHandler());
    if (!purpose) throw new Error('A handler behind the FormGuard is declared with @PostForm().');
    const request = context.switchToHttp().getRequest<PageRequest>();
    const { tenant } = request;
    if (!tenant) throw new Error('The FormGuard comes after the TenantGuard.');
    checkSameOrigin(request.headers, tenant.issuer);
    request.oauthParams = (await readForm(request)).refuseRepeated();
    checkCsrfToken(tenant.id, browserOf(request), purpose, request.oauthParams.find('csrf'));
    return true;
  }
}
