import { Controller, Post, UseFilters, UseGuards, applyDecorators } from '@nestjs/common';
import { TenantGuard } from '../tenants/tenant.guard.js';
import { BrowserGuard } from './browser/browser.guard.js';
import type { FormPurpose } from './browser/csrf.js';
import { FormGuard, TakesForm } from './browser/form.guard.js';
import { PageErrorFilter } from './errors/page-error.filter.js';

/** A controller for people: it knows tenant and browser, and answers errors with a page. */
export function PageController(path: string): ClassDecorator {
  return applyDecorators(Controller(path), UseGuards(TenantGuard, BrowserGuard), UseFilters(PageErrorFilter));
}

/** A handler of a form of ours, which is refused without the CSRF token that was made for this purpose. */
export function PostForm(purpose: FormPurpose, path = ''): MethodDecorator {
  return applyDecorators(Post(path), TakesForm(purpose), UseGuards(FormGuard));
}
