import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { BrandImageError, makeBrandImage } from '../../tenants/brand-image.js';
import { SENDER_MEMBERS } from '../../tenants/branding-sender.js';
import type { BrandImageName, Branding } from '../../tenants/branding.js';
import type { MailFrom } from '../../config/config.js';
import type { InheritedPolicy } from '../../tenants/policy-inheritance.js';
import { LOCALES } from '../../language/messages.js';
import { invalidMember } from '../kit/problem.js';
import { LOCKED_BY, checkSender } from './policy-input.js';
import { nameOfMember } from './policy-members.js';
import { type BrandingDto, BrandingTextsDto } from './branding.dto.js';
import { VALIDATION, validationProblem } from '../kit/validation-problem.js';
import { fromWire, mergePatch } from '../kit/wire.js';

const IMAGES = [
  ['logo', 'logo'],
  ['logo_dark', 'logoDark'],
  ['favicon', 'favicon'],
] as const satisfies readonly (readonly [keyof BrandingDto, BrandImageName])[];

/** The branding after a patch. @throws Problem for images that cannot be used, and for texts that cannot be shown */
export async function readBranding(current: Branding, patch: BrandingDto | null | undefined): Promise<Branding> {
  if (!patch) return patch === null ? {} : current;
  const { texts, ...rest } = patch;
  const merged = mergePatch(current, { ...fromWire(rest), ...(await readImages(current, rest)) });
  if (texts === undefined) return merged;
  return mergePatch(merged, { texts: texts === null ? null : readTexts(texts) });
}

/** What a branding may be asked to decide about the sender of mails. */
export interface SenderBounds {
  readonly locks: InheritedPolicy['locks'];
  readonly mailFrom: MailFrom;
}

/** @throws Problem for an address that the operator does not allow, and for members that are locked in the policy */
export function checkBrandingSender(
  patch: BrandingDto | null | undefined,
  { locks, mailFrom }: SenderBounds,
  current: Branding = {},
): void {
  if (!patch) return;
  const given = fromWire(patch);
  for (const member of SENDER_MEMBERS) {
    const [by, value] = [locks.get(member), given[member]];
    if (value === undefined || value === null || value === current[member]) continue;
    const name = nameOfMember(member);
    if (by !== undefined)
      throw invalidMember(`branding/${name}`, `is locked by ${LOCKED_BY[by]} in the policy ${name}`);
  }
  if (patch.mail_from !== current.mailFrom) checkSender(patch.mail_from, mailFrom, 'branding/mail_from');
}

/** What is sent back as it was read is kept as it is: made anew again and again, an image would become worse. */
async function readImages(current: Branding, patch: BrandingDto): Promise<Branding> {
  const images: { -readonly [Name in BrandImageName]?: string } = {};
  for (const [member, name] of IMAGES) {
    const image = patch[member];
    if (typeof image !== 'string' || image === current[name]) continue;
    images[name] = await makeBrandImage(image, name).catch((error: unknown) => {
      throw error instanceof BrandImageError ? invalidMember(`branding/${member}`, error.message) : error;
    });
  }
  return images;
}

function readTexts(texts: Readonly<Record<string, unknown>>): Readonly<Record<string, object | null>> {
  return Object.fromEntries(
    Object.entries(texts).map(([tag, given]) => {
      const pointer = `branding/texts/${tag}`;
      if (!(LOCALES as readonly string[]).includes(tag)) throw invalidMember(pointer, 'is not a language of the pages');
      return [tag, given === null ? null : readText(pointer, given)];
    }),
  );
}

/** The members are named by language, which decorators cannot say, so each is validated here. */
function readText(pointer: string, given: unknown): object {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidMember(pointer, 'must be an object');
  }
  const dto = plainToInstance(BrandingTextsDto, given);
  const errors = validateSync(dto, VALIDATION);
  if (errors.length > 0) throw validationProblem(errors, `/${pointer}`);
  return fromWire(dto);
}
