import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeaderSize } from './image-header.ts';
import type { FileFormat } from './image-signature.ts';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const be16 = (value: number): number[] => [value >> 8, value & 255];
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value & 0xffff)];
const le16 = (value: number): number[] => be16(value).reverse();
const le32 = (value: number): number[] => be32(value).reverse();
const le24 = (value: number): number[] => le32(value).slice(0, 3);

function sizeOf(format: FileFormat, bytes: readonly number[]): unknown {
  return readHeaderSize(Uint8Array.from(bytes), format);
}
const upright = (width: number, height: number): unknown => ({
  width,
  height,
  sidesSwapped: false,
});

const frame = (width: number, height: number, marker = 0xc0): number[] => [
  ...[0xff, marker, 0, 17, 8],
  ...be16(height),
  ...be16(width),
  ...[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
];
const segment = (marker: number, content: readonly number[]): number[] => [
  ...[0xff, marker],
  ...be16(content.length + 2),
  ...content,
];
function exif(orientation: number, little: boolean): number[] {
  const [u16, u32] = little ? [le16, le32] : [be16, be32];
  const other = [...u16(0x010f), ...u16(2), ...u32(1), ...u32(0)];
  const turn = [...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0];
  const tiff = [
    ...ascii(little ? 'II' : 'MM'),
    ...u16(42),
    ...u32(8),
    ...u16(2),
    ...other,
    ...turn,
  ];
  return segment(0xe1, [...ascii('Exif'), 0, 0, ...tiff]);
}

describe('readHeaderSize of JPEG', () => {
  it('walks to the frame, past comments, tables and fill bytes', () => {
    const before = [0xff, 0xd8, ...segment(0xe0, ascii('JFIF')), 0xff, ...segment(0xfe, [1, 2, 3])];
    // A Huffman table (C4) is no frame, though its number lies among theirs.
    const bytes = [...before, ...segment(0xc4, [9, 9, 9, 9, 9, 9]), ...frame(4032, 3024, 0xc2)];
    expect(sizeOf('jpeg', bytes)).toEqual(upright(4032, 3024));
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'says whether orientation %d swaps the sides',
    (orientation) => {
      for (const little of [true, false]) {
        const bytes = [0xff, 0xd8, ...exif(orientation, little), ...frame(30, 20)];
        expect(sizeOf('jpeg', bytes)).toEqual({
          width: 30,
          height: 20,
          sidesSwapped: orientation >= 5,
        });
      }
    },
  );

  it('knows no size without a frame', () => {
    expect(sizeOf('jpeg', [0xff, 0xd8, ...segment(0xe0, [0])])).toBeNull();
    expect(sizeOf('jpeg', [0xff, 0xd8, 0xff, 0xda, ...frame(3, 3)])).toBeNull();
    expect(sizeOf('jpeg', [0xff, 0xd8, ...frame(0, 10)])).toBeNull();
    expect(sizeOf('jpeg', [0xff, 0xd8, ...frame(10, 10).slice(0, 8)])).toBeNull();
  });
});

describe('readHeaderSize of the others', () => {
  it('reads PNG, GIF and both kinds of BMP', () => {
    const png = [0x89, ...ascii('PNG'), 13, 10, 26, 10, ...be32(13), ...ascii('IHDR')];
    expect(sizeOf('png', [...png, ...be32(70_000), ...be32(2)])).toEqual(upright(70_000, 2));
    expect(sizeOf('gif', [...ascii('GIF89a'), ...le16(48), ...le16(300)])).toEqual(
      upright(48, 300),
    );
    const bmp = [...ascii('BM'), ...Array<number>(12).fill(0)];
    expect(sizeOf('bmp', [...bmp, ...le32(40), ...le32(100), ...le32(-75 >>> 0)])).toEqual(
      upright(100, 75),
    );
    expect(sizeOf('bmp', [...bmp, ...le32(12), ...le16(9), ...le16(8)])).toEqual(upright(9, 8));
  });

  it('reads the three kinds of WebP', () => {
    const riff = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP')];
    const lossy = [...ascii('VP8 '), 0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a];
    expect(sizeOf('webp', [...riff, ...lossy, ...le16(240 | 0x4000), ...le16(320)])).toEqual(
      upright(240, 320),
    );
    const packed = (16_384 - 1) | ((20 - 1) << 14);
    expect(sizeOf('webp', [...riff, ...ascii('VP8L'), 0, 0, 0, 0, 0x2f, ...le32(packed)])).toEqual(
      upright(16_384, 20),
    );
    const extended = [...ascii('VP8X'), 10, 0, 0, 0, 0x10, 0, 0, 0];
    expect(sizeOf('webp', [...riff, ...extended, ...le24(199), ...le24(70_000)])).toEqual(
      upright(200, 70_001),
    );
  });

  it('reads the whole of a tiled AVIF or HEIC, not one tile', () => {
    const box = (type: string, content: readonly number[]): number[] => [
      ...be32(8 + content.length),
      ...ascii(type),
      ...content,
    ];
    const ispe = (width: number, height: number): number[] =>
      box('ispe', [0, 0, 0, 0, ...be32(width), ...be32(height)]);
    const properties = box('iprp', box('ipco', [...ispe(512, 512), ...ispe(4032, 3024)]));
    const meta = box('meta', [0, 0, 0, 0, ...box('hdlr', [1, 2, 3]), ...properties]);
    const file = [...box('ftyp', ascii('heic')), ...meta, ...box('mdat', ispe(60_000, 60_000))];
    expect(sizeOf('heic', file)).toEqual(upright(4032, 3024));
    expect(sizeOf('avif', file)).toEqual(upright(4032, 3024));
  });

  it('never throws and never promises an impossible size', () => {
    const formats = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'avif', 'heic', 'tiff', 'text'] as const;
    const starts = [[0xff, 0xd8, 0xff, 0xe1], ascii('RIFF....WEBPVP8X'), [0, 0, 0, 8], []];
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 120 }),
        (format, start, rest) => {
          const size = readHeaderSize(Uint8Array.from([...start, ...rest]), format);
          if (size !== null) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
