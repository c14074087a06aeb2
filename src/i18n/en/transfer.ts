/** English text of importing archives and exporting. Keys start with `transfer.`. */
export const transferMessages = {
  'transfer.import-title': 'Import',
  'transfer.reading': 'Looking into {name}…',
  'transfer.found':
    '{photos, plural, one {# photo} other {# photos}} in {classes, plural, one {# class} other {# classes}}.',
  'transfer.layout.class-folders': 'Each folder becomes a class.',
  'transfer.layout.flat':
    'There are no folders in it, so all photos go into one class named after the file. For several classes, put the photos of each into a folder of its own.',
  'transfer.layout.teachable-machine':
    'A Teachable Machine project. Its photos and classes come in; a model is not part of such a file.',
  'transfer.layout.csv': 'Classes come from the table of labels.',
  'transfer.layout.project':
    'A Headstart project{runs, plural, =0 {} one { with # run} other { with # runs}}. It opens as a project of its own; the one open now stays on this device.',
  'transfer.note.sides-merged':
    'Training, validation and test folders of a class are put together; Headstart makes its own split.',
  'transfer.note.one-class': 'You can rename the class afterwards.',
  'transfer.note.rows-without-picture':
    'The table names pictures that are not here. Those rows are left out.',
  'transfer.classes': 'Classes to import',
  'transfer.class-count': '{n, number}',
  'transfer.class-existing': 'joins the class you have',
  'transfer.skipped': 'Left out',
  'transfer.skipped-names': '{names}{more, plural, =0 {} other { and {more, number} more}}',
  'transfer.skip.unsafe-name':
    '{n, plural, one {# name points} other {# names point}} outside the archive',
  'transfer.skip.link': '{n, plural, one {# link} other {# links}} instead of a file',
  'transfer.skip.nested-archive':
    '{n, plural, one {# archive} other {# archives}} inside the archive: unpack and add separately',
  'transfer.skip.member-too-large': '{n, plural, one {# file is} other {# files are}} too large',
  'transfer.skip.unknown-method':
    '{n, plural, one {# file is} other {# files are}} packed in a way browsers can’t open',
  'transfer.skip.not-a-picture': '{n, plural, one {# file is} other {# files are}} not a picture',
  'transfer.skip.no-class':
    '{n, plural, one {# picture lies} other {# pictures lie}} beside the folders',
  'transfer.skip.not-in-csv':
    '{n, plural, one {# picture is} other {# pictures are}} not in the table',
  'transfer.add': 'Add to this project',
  'transfer.add-as-project': 'Make a new project of it',
  'transfer.made':
    '“{name}” holds {photos, plural, one {# photo} other {# photos}}. {left, plural, one {# file was} other {# files were}} left out.',
  'transfer.made-more': 'And {n, plural, one {# more} other {# more}}.',
  'transfer.open-made': 'Open {name}',
  'transfer.open-project': 'Open this project',
  'transfer.opening': 'Opening {name}',
  'transfer.cancel-opening': 'Cancel opening',
  'transfer.busy': 'Wait until training or adding photos is done.',
  'transfer.cancel': 'Cancel',
  'transfer.refused': '{name} was not imported',
  'transfer.nothing-changed': 'Nothing in your project has changed.',
  'transfer.code.not-a-zip':
    'This is not a zip, whatever its name says. Choose the archive itself, or add the photos directly.',
  'transfer.code.truncated': 'The archive is cut off. Copy or download it again.',
  'transfer.code.damaged': 'The archive is damaged. Copy or download it again, or pack it anew.',
  'transfer.code.encrypted': 'It is password-protected. Unpack it, then add the folders.',
  'transfer.code.spanned': 'It is one part of several. Join the parts first, then add the whole.',
  'transfer.code.too-many-entries':
    'It holds more than {limit, number} files. Split it into smaller archives.',
  'transfer.code.too-large':
    'Unpacked, it would be larger than {limit, number} GB. Split it into smaller archives.',
  'transfer.code.bomb':
    'Unpacked, a file in it would be hundreds of times larger than now. That is no photo, so it was not opened.',
  'transfer.code.no-pictures':
    'There are no pictures in it. Headstart expects a folder of pictures for each class.',
  'transfer.code.not-image-project':
    'This Teachable Machine project holds sounds or poses. Headstart works with pictures.',
  'transfer.code.not-a-project': 'It says that it is a project file, but not one of Headstart.',
  'transfer.code.from-the-future':
    'It was written by a newer Headstart. Update Headstart, then open it again.',
  'transfer.code.edited':
    'Its parts do not fit together: it was changed outside Headstart, or damaged. Export it again.',
  'transfer.code.too-many-photos':
    'A project file holds at most {limit, number} photos. Export the photos in class folders instead, or move some into another project.',
  'transfer.code.export-too-large':
    'It would be larger than {limit, number} GB, more than Headstart opens again. Remove photos and export again.',
  'transfer.code.storage-full':
    'The browser’s storage is full. Remove photos or projects you no longer need, then try again.',
  'transfer.code.unreadable':
    'It can’t be read: it was moved, deleted or locked since it was chosen. Choose it again.',
  'transfer.code.failed':
    'It could not be written. Check that there is room on the disk and try again.',

  'transfer.share-title': 'Share',
  'transfer.share-text':
    'Files leave only where you save them. Place and camera data are not in them.',
  'transfer.kind': 'What to export',
  'transfer.kind.project': 'Headstart project',
  'transfer.kind-text.project':
    'Everything: photos, classes, split, settings, runs. Opens in Headstart as it is now.',
  'transfer.kind.class-folders': 'Photos in class folders (zip)',
  'transfer.kind-text.class-folders':
    'One folder for each class, as Keras and torchvision read them.',
  'transfer.kind.side-folders': 'Photos by side and class (zip)',
  'transfer.kind-text.side-folders':
    'Folders train, validation and test, with a folder for each class in them.',
  'transfer.kind.teachable-machine': 'Teachable Machine project (.tm)',
  'transfer.kind-text.teachable-machine':
    'Photos of 224 × 224 px, fitted as chosen here. Classes keep their order; the split and runs are not part of such a file.',
  'transfer.export': 'Export',
  'transfer.exporting': 'Exporting',
  'transfer.cancel-export': 'Cancel export',
  'transfer.export-result': 'Result of the export',
  'transfer.export-done': '{photos, plural, one {# photo} other {# photos}} exported to {name}.',
  'transfer.export-cancelled': 'Export cancelled. No file was kept.',
  'transfer.no-photos': 'There are no photos to export yet.',
  'transfer.import-heading': 'Import',
  'transfer.import-text':
    'Drop a zip with class folders, a Teachable Machine project (.tm) or a Headstart project anywhere on the page.',
  'transfer.choose-archive': 'Choose a file to import',
  'transfer.projects': 'Other projects on this device',
  'transfer.open-other': 'Open {name}',
} as const;
