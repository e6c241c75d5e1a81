import type { Response } from 'express';
import { readLogo } from '../tenants/logo.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';

/**
 * Sends an image of a tenant, which can only be an image, whatever is in it.
 * @param dataUri `data:` URI of it
 * @throws TenantNotFoundError without one
 */
export function sendBrandImage(response: Response, dataUri: string | undefined, cacheControl: string): void {
  const image = dataUri === undefined ? undefined : readLogo(dataUri);
  if (!image) throw new TenantNotFoundError();
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.type(image.mediaType).send(image.bytes);
}
