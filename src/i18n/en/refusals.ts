/**
 * English text of reasons why a file was not taken, each with the next step. Keys are
 * `refusals.<code>`; read them through `refusalText`, which supplies values that are missing.
 */
export const refusalsMessages = {
  'refusals.empty': 'The file is empty (0 bytes). Copy it again from where it came from.',
  'refusals.unreadable':
    'The file can’t be read: it was moved, deleted or locked since it was chosen. Choose it again.',
  'refusals.heic':
    'This browser can’t open iPhone photos (HEIC). Save it as JPEG, or open Headstart in Safari.',
  'refusals.tiff': 'This browser can’t open TIFF. Save it as PNG or JPEG.',
  'refusals.svg': 'This is a drawing (SVG), not a photo. Export it as PNG.',
  'refusals.not-an-image':
    '{format, select, pdf {This is a PDF. Export its pages as PNG or JPEG.} html {This is a web page, not a photo. Save the picture itself.} text {This is a text file, not a photo. Leave it out.} other {This is not a picture that can be recognised. Save it as PNG or JPEG.}}',
  'refusals.damaged':
    'The picture is damaged or cut off. Copy it again, or open it elsewhere and save it as PNG or JPEG.',
  'refusals.too-large':
    '{reason, select, pixels {It has more than {limit, number, ::scale/0.000001 precision-integer} million pixels, too many to open safely. Make it smaller and add it again.} bytes {It is larger than {limit, number, ::scale/0.000001 precision-integer} MB. Save a smaller copy and add that.} other {It is too large to open safely. Make it smaller and add it again.}}',
  'refusals.unsupported':
    '{format, select, ico {This browser can’t open icon files. Save it as PNG.} psd {This browser can’t open Photoshop files. Export it as PNG or JPEG.} jxl {This browser can’t open JPEG XL. Save it as JPEG or PNG.} jp2 {This browser can’t open JPEG 2000. Save it as JPEG or PNG.} avif {This browser can’t open AVIF. Save it as JPEG or PNG.} webp {This browser can’t open WebP. Save it as JPEG or PNG.} other {This browser can’t open this kind of picture. Save it as PNG or JPEG.}}',
  'refusals.no-class':
    'It lies beside folders, so it has no class. Put it into a folder, or drop it on a class.',
  'refusals.duplicate': 'The same photo is already in this class, so it would count twice.',
  'refusals.storage-full':
    'The browser’s storage is full. Delete photos or runs you no longer need, then add it again.',
  'refusals.failed': 'It could not be added because of an error in Headstart. Add it once more.',
} as const;
