import type { OutputInfo, Sharp, SharpOptions } from 'sharp';
import type { BrandImageName } from './branding.js';
import { type LogoImage, readLogo } from './logo.js';

/** What may be sent, in bytes: what is kept is made of it and mostly smaller. */
export const MAX_IMAGE_BYTES = 184_320;
/** What is kept: it is in the row of the tenant. */
const MAX_KEPT_BYTES = 65_536;
const MAX_SIDE = 4096;
/** 16 MB when it is decoded; a file of a few kilobytes may say that it has thousands of millions. */
const MAX_PIXELS = 4_194_304;
const DECODE_SECONDS = 5;

/** The box that the image is made to fit into, in pixels: three times what the pages show. */
const BOXES: Readonly<Record<BrandImageName, { readonly width: number; readonly height: number }>> = {
  logo: { width: 672, height: 192 },
  logoDark: { width: 672, height: 192 },
  favicon: { width: 96, height: 96 },
};
/** Formats of the decoder by media type. */
const FORMATS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' };
const WEBP_QUALITIES = [90, 75, 50];

/** Why an image is not taken; the message says what to change. */
export class BrandImageError extends Error {}

/**
 * Decodes an image and makes a new one of its points, so that nothing else of what was sent is kept: no metadata, no
 * bytes behind the picture, no second picture.
 * @param dataUri of a PNG, JPEG or WebP image
 * @returns `data:` URI of a PNG image, or of a WebP one where a PNG would be too large
 * @throws BrandImageError
 */
export async function makeBrandImage(dataUri: string, name: BrandImageName): Promise<string> {
  const image = readLogo(dataUri);
  if (!image) throw new BrandImageError('must be a data: URI of a PNG, JPEG or WebP image');
  if (image.bytes.length > MAX_IMAGE_BYTES)
    throw new BrandImageError(`must not be larger than ${MAX_IMAGE_BYTES} bytes`);
  return inTurn(() => remake(image, name));
}

async function remake({ mediaType, bytes }: LogoImage, name: BrandImageName): Promise<string> {
  const sharp = await loadDecoder();
  const options: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true };
  // Of the head of the file alone; nothing is decoded yet.
  const head = await sharp(bytes, { ...options, limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (!head || head.format !== FORMATS[mediaType])
    throw new BrandImageError(`is not the ${mediaType} that it says it is`);
  if ((head.pages ?? 1) > 1 || isAnimatedPng(bytes)) throw new BrandImageError('must not be animated');
  const { width, height } = head;
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    throw new BrandImageError(`must have at most ${MAX_SIDE} pixels on a side and ${MAX_PIXELS} in all`);
  }
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  // A favicon is square; a logo has the shape that it came with.
  const fit = name === 'favicon' ? 'contain' : 'inside';
  const points = sharp(bytes, options)
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .resize({ ...BOXES[name], fit, background, withoutEnlargement: name !== 'favicon' })
    .toColourspace('srgb');
  return encode(points);
}

/** An image in a mail. */
export interface MailImage {
  readonly png: Buffer;
  /** As it is shown, in pixels of CSS. It has twice as many points. */
  readonly width: number;
  readonly height: number;
}

const MAIL_BOX = { width: 360, height: 96 };
const MAIL_PLATE = 8;

/**
 * A logo for mails: a PNG, because not all mail programs show WebP. Many turn the colours of a mail for dark mode and
 * leave its images, so a logo that cannot be read on a dark surface gets a white plate that is part of it.
 * @throws BrandImageError
 */
export async function makeMailLogo(
  dataUri: string,
  { worksOnDark }: { readonly worksOnDark: boolean },
): Promise<MailImage> {
  const image = readLogo(dataUri);
  if (!image) throw new BrandImageError('must be a data: URI of a PNG, JPEG or WebP image');
  return inTurn(async () => {
    const sharp = await loadDecoder();
    const points = sharp(image.bytes, { limitInputPixels: MAX_PIXELS })
      .timeout({ seconds: DECODE_SECONDS })
      .resize({ ...MAIL_BOX, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    const background = '#ffffff';
    const around = { top: MAIL_PLATE, bottom: MAIL_PLATE, left: MAIL_PLATE, right: MAIL_PLATE, background };
    const shown = worksOnDark ? points : points.flatten({ background }).extend(around);
    const png = shown.png({ compressionLevel: 9 });
    const { data, info } = await png.toBuffer({ resolveWithObject: true }).catch(unreadable);
    return { png: data, width: Math.ceil(info.width / 2), height: Math.ceil(info.height / 2) };
  });
}

async function encode(points: Sharp): Promise<string> {
  const attempts = [
    () => points.clone().png({ compressionLevel: 9 }),
    ...WEBP_QUALITIES.map((quality) => () => points.clone().webp({ quality })),
  ];
  for (const attempt of attempts) {
    const { data, info } = await attempt().toBuffer({ resolveWithObject: true }).catch(unreadable);
    if (data.length <= MAX_KEPT_BYTES) return `data:image/${info.format};base64,${data.toString('base64')}`;
  }
  throw new BrandImageError('has too much detail to be made small enough');
}

function unreadable(): { data: Buffer; info: OutputInfo } {
  throw new BrandImageError('is damaged or incomplete');
}

/** The decoder takes the first picture of an animated PNG without a word. Its chunk comes before the first points. */
function isAnimatedPng(bytes: Buffer): boolean {
  return bytes.subarray(0, Math.max(0, bytes.indexOf('IDAT'))).includes('acTL');
}

type Decoder = typeof import('sharp').default;
const decoder: { loaded?: Promise<Decoder> } = {};

/** Loaded when the first image is sent, because most processes never see one. Only three formats are decoded at all. */
function loadDecoder(): Promise<Decoder> {
  decoder.loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    return sharp;
  });
  return decoder.loaded;
}

const queue: { last: Promise<unknown> } = { last: Promise.resolve() };

/** One image at a time, so that a process never holds more than one decoded. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = queue.last.then(work);
  queue.last = result.catch(() => undefined);
  return result;
}
