import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Branding } from '../../tenants/branding.js';
import { findLogoFault } from '../../tenants/logo.js';
import { LOCALES } from '../../language/messages.js';
import { invalidMember } from '../kit/problem.js';
import { type BrandingDto, BrandingTextsDto } from './branding.dto.js';
import { VALIDATION, validationProblem } from '../kit/validation-problem.js';
import { fromWire, mergePatch } from '../kit/wire.js';

/** The branding after a patch. @throws Problem for a logo that is no image, and for texts that cannot be shown */
export function readBranding(current: Branding, patch: BrandingDto | null | undefined): Branding {
  if (!patch) return patch === null ? {} : current;
  const { texts, ...rest } = patch;
  if (typeof rest.logo === 'string') {
    const fault = findLogoFault(rest.logo);
    if (fault) throw invalidMember('branding/logo', fault);
  }
  const merged = mergePatch(current, fromWire(rest));
  if (texts === undefined) return merged;
  return mergePatch(merged, { texts: texts === null ? null : readTexts(texts) });
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
