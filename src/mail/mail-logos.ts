import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { BrandImageError, type MailImage, makeMailLogo } from '../tenants/brand-image.js';
import type { Branding } from '../tenants/branding.js';

/** A logo as a part of the mail itself, which nothing has to load. */
export interface MailLogo extends MailImage {
  /** RFC 2392; without its domain. The same image has the same one. */
  readonly contentId: string;
}

const MAX_KEPT = 32;

/** Makes of a tenant's logo what mail programs show. The last few are kept, because mails come in bursts. */
@Injectable()
export class MailLogos {
  private readonly kept = new Map<string, Promise<MailLogo | undefined>>();

  /** @returns undefined without a logo, or when it cannot be read: the name is shown in its place */
  find({ logo, logoWorksOnDark = false }: Pick<Branding, 'logo' | 'logoWorksOnDark'>): Promise<MailLogo | undefined> {
    if (logo === undefined) return Promise.resolve(undefined);
    const contentId = hash('sha256', `${String(logoWorksOnDark)}:${logo}`, 'base64url').slice(0, 22);
    const made = this.kept.get(contentId) ?? makeLogo(contentId, logo, logoWorksOnDark);
    this.kept.delete(contentId);
    this.kept.set(contentId, made);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return made;
  }
}

async function makeLogo(contentId: string, logo: string, worksOnDark: boolean): Promise<MailLogo | undefined> {
  try {
    return { contentId, ...(await makeMailLogo(logo, { worksOnDark })) };
  } catch (error) {
    if (error instanceof BrandImageError) return undefined;
    throw error;
  }
}
