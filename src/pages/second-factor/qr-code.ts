/** A QR code as SVG paths: drawn by the page itself, because its content is a secret. Loaded with the first one. */
export interface QrCode {
  /** Modules in a row, with the quiet zone. */
  readonly size: number;
  readonly path: string;
}

/** ISO/IEC 18004 §9.1: four modules of light around the symbol. */
const QUIET_ZONE = 4;

export async function qrCodeOf(text: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { border: QUIET_ZONE, ecc: 'M' });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}
