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
