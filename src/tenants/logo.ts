const MAX_BYTES = 65_536;
const DATA_URI = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/]+=*)$/;

export interface LogoImage {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The image in a `data:` URI, or undefined when it is not one of the kinds that are served. */
export function readLogo(dataUri: string): LogoImage | undefined {
  const [, mediaType, base64] = DATA_URI.exec(dataUri) ?? [];
  return mediaType === undefined || base64 === undefined
    ? undefined
    : { mediaType, bytes: Buffer.from(base64, 'base64') };
}

/** Why this cannot be a logo. Images of points only: nothing in them can run or fetch anything. */
export function findLogoFault(dataUri: string): string | undefined {
  const image = readLogo(dataUri);
  if (!image) return 'must be a data: URI of a PNG, JPEG or WebP image';
  if (image.bytes.length > MAX_BYTES) return `must not be larger than ${MAX_BYTES} bytes`;
  return startsLike(image) ? undefined : `is not the ${image.mediaType} it says it is`;
}

function startsLike({ mediaType, bytes }: LogoImage): boolean {
  if (mediaType === 'image/png') return bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  if (mediaType === 'image/jpeg') return bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'));
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}
