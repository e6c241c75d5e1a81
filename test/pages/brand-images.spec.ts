import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { expectInvalid } from '../support/problems.js';

const platform = givenPlatform();
const ANY = { 'if-match': '*' };
type Branding = Readonly<Record<string, string>>;

beforeAll(async () => {
  for (const slug of ['acme', 'globex']) await platform.operator.create('/tenants', { slug, display_name: slug });
});

function picture(width = 1000, height = 500, background = '#c2540a') {
  return sharp({ create: { width, height, channels: 3, background } });
}

function dataUri(format: string, bytes: Buffer): string {
  return `data:image/${format};base64,${bytes.toString('base64')}`;
}

function bytesOf(uri: string | undefined): Buffer {
  return Buffer.from(String(uri).split(',')[1] ?? '', 'base64');
}

async function brand(slug: string, branding: object | null) {
  return platform.operator.request('PATCH', `/tenants/${slug}`, { branding }, ANY);
}

async function kept(slug: string, branding: object): Promise<Branding> {
  const answer = await brand(slug, branding);
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.anything()]);
  return answer.json<{ branding: Branding }>().branding;
}

/** A PNG file with one more chunk, before its first points. */
function withChunk(png: Buffer, name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  const END_OF_HEAD = 33;
  return Buffer.concat([png.subarray(0, END_OF_HEAD), length, named, sum, png.subarray(END_OF_HEAD)]);
}

describe('an image that is sent', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('is made anew from its points: %s', async (format) => {
    const secret = 'Artist-of-a-secret-place';
    const sent = await picture()
      .withMetadata({ orientation: 6, exif: { IFD0: { Artist: secret } } })
      [format]()
      .toBuffer();
    const hidden = Buffer.concat([sent, Buffer.from('<script>alert(1)</script>')]);
    expect(hidden.includes(secret)).toBe(true);
    const { logo } = await kept('acme', { logo: dataUri(format, hidden) });
    expect(logo).toMatch(/^data:image\/png;base64,/);
    const made = bytesOf(logo);
    expect([made.includes(secret), made.includes('<script>')]).toEqual([false, false]);
    // It was turned as its metadata said, and made to fit.
    const { width, height, exif, orientation, icc } = await sharp(made).metadata();
    expect([width, height, exif, orientation, icc]).toEqual([96, 192, undefined, undefined, undefined]);
  });

  it('makes a favicon square, and a small logo no larger', async () => {
    const sent = dataUri('png', await picture(40, 20).png().toBuffer());
    const { favicon, logo } = await kept('acme', { favicon: sent, logo: sent });
    const sizes = await Promise.all([favicon, logo].map((uri) => sharp(bytesOf(uri)).metadata()));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [96, 96],
      [40, 20],
    ]);
  });

  it('becomes WebP where a PNG would be too large', async () => {
    const noise = sharp({
      create: {
        width: 640,
        height: 190,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });
    const { logo } = await kept('acme', { logo: dataUri('webp', await noise.webp({ quality: 60 }).toBuffer()) });
    expect(logo).toMatch(/^data:image\/webp;/);
    expect(bytesOf(logo).length).toBeLessThanOrEqual(65_536);
    // Sent back as it was read, it does not become worse.
    expect((await kept('acme', { logo })).logo).toBe(logo);
  });

  const png = (width: number, height: number) => picture(width, height).png().toBuffer();
  const animated = async () => {
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 10), Buffer.alloc(8 * 8 * 3, 200)]);
    return sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .webp({ loop: 0 })
      .toBuffer();
  };
  const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6));
  it.each<[string, string, () => Promise<Buffer>, RegExp]>([
    ['another kind than it says', 'png', () => picture().jpeg().toBuffer(), /is not the image\/png/],
    [
      'an SVG file that says PNG',
      'png',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      /is not/,
    ],
    ['a GIF file that says PNG', 'png', () => picture(8, 8).gif().toBuffer(), /is not the image\/png/],
    ['a bomb', 'png', () => png(2100, 2100), /at most 4096 pixels on a side and 4194304 in all/],
    ['a long line', 'png', () => png(5000, 1), /at most 4096 pixels on a side/],
    ['a PNG that ends too early', 'png', async () => cut(await png(500, 500)), /damaged/],
    ['a JPEG that ends too early', 'jpeg', async () => cut(await picture().jpeg().toBuffer()), /damaged/],
    ['a WebP that ends too early', 'webp', async () => cut(await picture().webp().toBuffer()), /is not|damaged/],
    ['an animated WebP', 'webp', animated, /must not be animated/],
    ['an animated PNG', 'png', async () => withChunk(await png(8, 8), 'acTL', Buffer.alloc(8)), /must not be animated/],
  ])('is refused: %s', async (_what, format, make, message) => {
    const uri = dataUri(format, await make());
    for (const member of ['logo', 'logo_dark', 'favicon']) {
      const answer = await brand('acme', { [member]: uri });
      expectInvalid(answer, `/branding/${member}`);
      expect(answer.text).toMatch(message);
    }
  });

  it('is refused when it is larger than 180 kB, or addresses something', async () => {
    const large = dataUri('png', Buffer.alloc(184_321, 1));
    for (const favicon of [large, 'https://canary.test/icon.png', 'data:image/svg+xml;base64,AAAA', 7, [], {}]) {
      expectInvalid(await brand('acme', { favicon }), '/branding/favicon');
    }
  });
});

describe('the address of an image', () => {
  async function addresses(slug: string): Promise<string[]> {
    const { text } = await send(`${platform.url}/t/${slug}/sign-in`, { headers: { accept: 'text/html' } });
    return [...text.matchAll(/(?:href|src|srcset)="([^"]*\/branding\/images\/[^"]+)"/gi)].map(([, path]) =>
      String(path),
    );
  }
  const infoOf = (path: string) => send(`${platform.url}${path}`);
  const all = async (colour: string) => ({
    logo: dataUri('png', await picture(30, 10, colour).png().toBuffer()),
    logo_dark: dataUri('png', await picture(31, 10, colour).png().toBuffer()),
    favicon: dataUri('png', await picture(32, 32, colour).png().toBuffer()),
  });

  it('is made of its content: kept for ever, run by nobody, and not there for another tenant', async () => {
    const branding = await kept('acme', await all('#143a6b'));
    const found = await addresses('acme');
    expect(found).toHaveLength(3);
    const answers = await Promise.all(found.map(infoOf));
    for (const { status, headers } of answers) {
      expect([status, headers['content-type'], headers['cache-control']]).toEqual([
        200,
        'image/png',
        'public, max-age=31536000, immutable',
      ]);
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
      expect([headers['x-content-type-options'], headers['set-cookie']]).toEqual(['nosniff', undefined]);
    }
    expect(branding['logo_dark']).not.toBe(branding['logo']);
    expect(new Set(found).size).toBe(3);
    await kept('globex', await all('#c2540a'));
    for (const path of found) expect((await infoOf(path.replace('/t/acme/', '/t/globex/'))).status).toBe(404);
    await kept('acme', await all('#0a6b52'));
    for (const path of found) expect((await infoOf(path)).status).toBe(404);
  });

  it('is found nowhere when there is none', async () => {
    expect((await brand('acme', null)).status).toBe(200);
    expect(await addresses('acme')).toEqual([]);
    for (const version of ['undefined', 'logo', '__proto__', '%2e%2e', 'a'.repeat(22)]) {
      expect((await infoOf(`/t/acme/branding/images/${version}`)).status).toBe(404);
    }
  });

  it('is not in the audit log', async () => {
    await kept('acme', await all('#143a6b'));
    const { text } = await platform.operator.request('GET', '/tenants/acme/audit-events?type=tenant.updated');
    expect(text).not.toContain('data:image');
  });
});
