/** English text of the training lab: time machine, live retraining, presets. Keys start with `lab.`. */
export const labMessages = {
  'lab.time-machine': 'Time machine',
  'lab.explain': 'Every epoch’s head is kept. Go back to one and see what it would have answered.',
  'lab.epoch': 'Epoch',
  'lab.epoch-value': 'Epoch {epoch, number} of {last, number}',
  'lab.epoch-in-use': 'Epoch {epoch, number} of {last, number}, the one in use',
  'lab.play': 'Play the epochs',
  'lab.pause': 'Pause the playback',
  'lab.back': 'Back to the epoch in use ({epoch, number})',
  'lab.in-use': 'In use',
  'lab.looking-at': 'Looking at epoch {epoch, number}',
  'lab.accuracy':
    '{hits, number} of {n, plural, one {# validation photo} other {# validation photos}} right: {percent} (between {low} and {high}).',
  'lab.thinned':
    'Epochs are thinned to save room: {kept, number} of {total, number} can be looked at.',
  'lab.nearest-kept':
    'By the settings epoch {best, number} is best, but its head was not kept. The nearest one, epoch {used, number}, is in use.',
  'lab.loading': 'Reading the validation photos.',
  'lab.no-validation': 'There are no validation photos to ask.',
  'lab.unavailable':
    'The validation photos cannot be asked now: they have to be embedded with this run’s backbone and fit.',
  'lab.no-history': 'Only the head in use is kept of this run. Train again to look at its epochs.',

  'lab.head-of': 'Head of epoch {epoch, number} (in use: epoch {epochInUse, number})',

  'lab.matrix': 'Confusion matrix',
  'lab.matrix-caption': 'Rows: what the photo shows. Columns: what the model answers.',
  'lab.cell':
    '{count, plural, =0 {No photo} one {# photo} other {# photos}} of {truth}, answered {answer}',
  'lab.cell-photos':
    '{count, plural, one {# photo} other {# photos}} of {truth}, answered {answer}',
  'lab.cell-empty': 'At this epoch no photo of {truth} is answered {answer}.',
  'lab.close-cell': 'Close the photos of this cell',
  'lab.flips': 'Photos that flipped',
  'lab.flips-title': 'Between epoch {from, number} (in use) and epoch {to, number}',
  'lab.flips-hint': 'This is the epoch in use. Go to another one to see which photos flipped.',
  'lab.lost': 'Right to wrong: {n, plural, =0 {none} one {# photo} other {# photos}}',
  'lab.won': 'Wrong to right: {n, plural, =0 {none} one {# photo} other {# photos}}',
  'lab.photo': '{file}: {answer}, {percent} (is {truth})',
  'lab.more-photos': 'and {n, plural, one {# more} other {# more}}',

  'lab.live': 'Retrain as I change settings',
  'lab.live-explain': 'Each change trains at once. The curve before it stays as a grey ghost.',

  'lab.augment.none': 'Switch on at least one change, or every copy would be the photo itself.',
  'lab.augment.ready':
    '{copies, plural, one {# copy} other {# copies}} of {photos, plural, one {# photo} other {# photos}}: all embedded already, nothing to wait for.',
  'lab.augment.cost':
    '{copies, plural, one {# copy} other {# copies}} of {photos, plural, one {# photo} other {# photos}}: about {time} on this machine, once.',
  'lab.augment.cost-part':
    '{copies, plural, one {# copy} other {# copies}} of {photos, plural, one {# photo} other {# photos}}: {missing, number} still to embed, about {time} on this machine, once.',
  'lab.augment.unmeasured':
    '{copies, plural, one {# copy} other {# copies}} of {photos, plural, one {# photo} other {# photos}}: {missing, number} to embed. Look at a preview to measure how long that takes here.',
  'lab.augment.waiting': 'The cost is known as soon as the backbone is loaded.',
  'lab.augment.cost-label': 'Cost of the copies',
  'lab.augment.preview': 'Preview the copies of one photo',
  'lab.augment.preview-next': 'Preview another photo',
  'lab.augment.previewing': 'Making the copies.',
  'lab.augment.preview-list': 'Copies of {file}',
  'lab.augment.original': 'The photo itself',
  'lab.augment.copy': 'Copy {n, number}',
  'lab.augment.failed': 'The preview could not be made. Try again.',
  'lab.augment.live':
    'Retraining at once waits for you here: press Train when you want to spend this time.',

  'lab.rate.find': 'Find a learning rate',
  'lab.rate.working': 'Trying one rate after the other.',
  'lab.rate.failed': 'No rate could be tried. Train once, then try again.',
  'lab.rate.none': 'The loss never fell, so there is nothing to suggest.',
  'lab.rate.result':
    'Suggested: {rate}. The loss falls fastest at {steepest} and is lowest at {lowest}.',
  'lab.rate.result-label': 'Suggested learning rate',
  'lab.rate.use': 'Use {rate}',
  'lab.rate.used': '{rate} is in use',
  'lab.rate.chart': 'Training loss against the learning rate, on a logarithmic axis',
  'lab.rate.axis': 'Learning rate',
  'lab.rate.lowest': 'lowest',
  'lab.rate.source':
    'Range test (Smith, 2015): the rate rises with every batch of a fresh head. Taken is the steepest point, at most a tenth of the lowest.',

  'lab.glossary': 'Glossary',
  'lab.in-glossary': 'In the glossary',
  'lab.glossary-of': '{name} in the glossary',
  'lab.sketch':
    'Two sketches of training and validation loss: with little of it on the left, with much of it on the right.',
  'lab.sketch-little': 'little',
  'lab.sketch-much': 'much',

  'lab.notify': 'Tell me when a run is done',
  'lab.notify-explain':
    'A notification of your system, only while this page is out of sight. Your browser asks once.',
  'lab.notify-refused':
    'Your browser did not allow it. You can change that in its settings for this page.',
  'lab.notify-done': '{project}: training is done.',
  'lab.notify-failed': '{project}: training ended with an error.',

  'lab.presets': 'Presets',
  'lab.preset.sensible': 'Sensible',
  'lab.preset.overfit': 'Make it overfit',
  'lab.preset.underfit': 'Make it underfit',
  'lab.preset.diverge': 'Make it diverge',
  'lab.preset.few-photos': 'Few photos',
  'lab.preset-explain.none': 'Your own settings. A preset replaces all of them but the seed.',
  'lab.preset-explain.sensible': 'The measured defaults: a sound start for most sets.',
  'lab.preset-explain.overfit':
    'Many hidden units and nothing that holds them back: every training photo is learned by heart.',
  'lab.preset-explain.underfit': 'Held back so hard that not even the training photos are learned.',
  'lab.preset-explain.diverge': 'Steps so long that each lands further out: the loss runs away.',
  'lab.preset-explain.few-photos':
    'Small batches, dropout and softened labels, so that a handful of photos is not taken too literally.',

  'lab.save-chart': 'Save the chart {title}',
  'lab.save-svg': 'Save as SVG',
  'lab.save-png': 'Save as PNG',
  'lab.chart-saved': '{name} was saved.',
  'lab.chart-not-saved': 'The browser could not make this file. Try again.',
} as const;
