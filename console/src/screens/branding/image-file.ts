/** The API takes `data:` URIs of 180 kB; base64 makes a third more of it. */
const LARGEST_BYTES = 130_000;
/** The platform shows nothing larger. */
const BOX = { width: 1344, height: 384 };
const TYPES = ['image/png', 'image/jpeg', 'image/webp'];

/** An image as the API takes it. One that is too large for it is drawn smaller here first. */
export async function asDataUri(file: File): Promise<string> {
  if (!TYPES.includes(file.type)) throw new Error('It is no PNG, JPEG or WebP image.');
  if (file.size <= LARGEST_BYTES) return read(file);
  const image = await createImageBitmap(file);
  for (let scale = Math.min(1, BOX.width / image.width, BOX.height / image.height); scale > 0.02; scale *= 0.7) {
    const smaller = await drawn(image, scale);
    if (smaller.size <= LARGEST_BYTES) return read(smaller);
  }
  throw new Error('It cannot be made small enough.');
}

function drawn(image: ImageBitmap, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('It cannot be drawn.'))), 'image/png');
  });
}

function read(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('It cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
