/** English text of the photos and their classes. Keys start with `dataset.`. */
export const datasetMessages = {
  'dataset.title': 'Data',
  'dataset.default-class-name': 'Class {n, number}',
  'dataset.counts':
    '{classes, plural, one {# class} other {# classes}}, {photos, plural, one {# photo} other {# photos}}',
  'dataset.add-photos': 'Add photos',
  'dataset.add-class': 'Add class',
  'dataset.door-photos': 'Choose photos',
  'dataset.door-folders': 'Choose folders',
  'dataset.door-camera': 'Use the camera',
  'dataset.door-samples': 'Sample sets',
  'dataset.no-classes-title': 'No classes yet',
  'dataset.no-classes-text':
    'A class is one kind of thing the model learns to tell apart. Drop a folder of photos per class, or add a class and fill it.',
  'dataset.undo': 'Undo',
  'dataset.redo': 'Redo',
  'dataset.undo-what': 'Undo: {what} ({keys})',
  'dataset.redo-what': 'Redo: {what} ({keys})',

  'dataset.adding': 'Adding photos',
  'dataset.cancel-adding': 'Cancel adding photos',
  'dataset.embedding': 'Embedding photos',
  'dataset.cancel-embedding': 'Cancel embedding',
  'dataset.continue-embedding': 'Continue embedding',
  'dataset.embedding-failed':
    'Embedding stopped because of an error. Nothing is lost: press “Continue embedding” to go on.',
  'dataset.unembedded':
    '{n, plural, one {# photo is not embedded yet. Training needs it.} other {# photos are not embedded yet. Training needs them.}}',

  'dataset.report-label': 'Result of adding photos',
  'dataset.report-added':
    '{added, number} of {total, plural, one {# photo} other {# photos}} added.',
  'dataset.report-cancelled':
    'Stopped: {added, number} of {total, plural, one {# photo} other {# photos}} added.',
  'dataset.report-refused': 'Files not added',
  'dataset.report-more': '{n, plural, one {Show # more file} other {Show # more files}}',
  'dataset.report-dismiss': 'Dismiss the result of adding photos',

  'dataset.class-name': 'Name of class {name}',
  'dataset.class-name-empty': 'A class needs a name.',
  'dataset.class-name-taken': 'Another class has this name already.',
  'dataset.class-count': '{n, plural, one {# photo} other {# photos}}',
  'dataset.class-add': 'Add photos to {name}',
  'dataset.class-camera': 'Record {name} with the camera',
  'dataset.class-actions': 'Actions for {name}',
  'dataset.class-colour': 'Colour',
  'dataset.class-merge': 'Merge into another class',
  'dataset.class-remove': 'Remove class',
  'dataset.class-photos': 'Photos of {name}',
  'dataset.class-drop': 'Add to {name}',
  'dataset.class-drop-photos': 'Move {n, plural, one {# photo} other {# photos}} to {name}',
  'dataset.class-empty': 'Drop photos here',
  'dataset.class-none-shown': 'No photo of this class passes the filter.',
  'dataset.class-empty-choose': 'Choose photos',
  'dataset.class-empty-camera': 'Camera',
  'dataset.class-removed':
    '“{name}” removed{n, plural, =0 {} one { with its photo} other { with its # photos}}.',

  'dataset.count-training': '{n, number} training',
  'dataset.count-validation': '{n, number} validation',
  'dataset.count-test': '{n, number} test',

  'dataset.photo-train': '{file}, training',
  'dataset.photo-validation': '{file}, validation',
  'dataset.photo-test': '{file}, test',
  'dataset.photo-pinned': 'side chosen by hand',
  'dataset.mark-validation': 'V',
  'dataset.mark-test': 'T',

  'dataset.selection-label': 'Selected photos',
  'dataset.selection-count': '{n, number} selected',
  'dataset.selection-move': 'Move to',
  'dataset.selection-train': 'To training',
  'dataset.selection-validation': 'To validation',
  'dataset.selection-unpin': 'Let the split decide',
  'dataset.selection-open': 'Look closer',
  'dataset.selection-delete': 'Delete photos',
  'dataset.selection-clear': 'Clear selection',
  'dataset.photos-deleted': '{n, plural, one {# photo} other {# photos}} deleted.',
  'dataset.photos-moved': '{n, plural, one {# photo} other {# photos}} moved to {name}.',
  'dataset.photos-pinned-train':
    '{n, plural, one {# photo stays} other {# photos stay}} in training.',
  'dataset.photos-pinned-validation':
    '{n, plural, one {# photo stays} other {# photos stay}} in validation.',
  'dataset.photos-unpinned':
    'The split decides about {n, plural, one {# photo} other {# photos}} again.',
  'dataset.drag-count': '{n, plural, one {# photo} other {# photos}}',

  'dataset.split-title': 'Split',
  'dataset.split-share': 'Validation share',
  'dataset.split-share-text':
    'These photos are held back from training, so that the dashed orange curve shows how the model does on photos it has not learned from.',
  'dataset.split-share-more':
    'A photo keeps its side when you add more, and near-duplicates always stand on the same side: otherwise the model would be tested on what it has seen. More validation makes the orange curve steadier; more training makes the model better.',
  'dataset.split-none':
    'No validation photo: {names}. The validation curve can’t judge {n, plural, one {this class} other {these classes}}. Add photos, or raise the share.',
  'dataset.split-few':
    'Fewer than {limit, number} validation photos: {names}. One photo more or less then changes the result a lot.',
  'dataset.fit-label': 'Fit photos to a square',
  'dataset.fit-crop': 'Crop',
  'dataset.fit-pad': 'Pad',
  'dataset.fit-stretch': 'Stretch',
  'dataset.fit-crop-text': 'Cuts off the long sides. What matters should be in the middle.',
  'dataset.fit-pad-text': 'Keeps the whole photo and fills the rest with grey bars.',
  'dataset.fit-stretch-text': 'Keeps everything, but shapes are squeezed.',

  'dataset.colour-0': 'Green',
  'dataset.colour-1': 'Pink',
  'dataset.colour-2': 'Sky blue',
  'dataset.colour-3': 'Rust',
  'dataset.colour-4': 'Yellow',
  'dataset.colour-5': 'Violet',
  'dataset.colour-6': 'Grey',
  'dataset.colour-7': 'Blue',
  'dataset.colour-8': 'Brown',
  'dataset.colour-9': 'Plum',
  'dataset.colour-10': 'Olive',
  'dataset.colour-11': 'Amber',
} as const;
