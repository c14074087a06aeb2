/** English text of training and its curves. Keys start with `training.`. */
export const trainingMessages = {
  'training.title': 'Training',
  'training.train': 'Train',
  'training.pause': 'Pause',
  'training.resume': 'Resume',
  'training.stop': 'Stop',
  'training.progress-label': 'Training progress',
  'training.progress.preparing': 'Getting the photos ready.',
  'training.progress.copies': 'Embedding augmented copies: {done, number} of {total, number}.',
  'training.progress.copies-left':
    'Embedding augmented copies: {done, number} of {total, number}, {left} left.',
  'training.progress.running': 'Epoch {epoch, number} of {epochs, number}.',
  'training.progress.running-left': 'Epoch {epoch, number} of {epochs, number}, {left} left.',
  'training.progress.paused': 'Paused at epoch {epoch, number} of {epochs, number}.',
  'training.end.completed': 'All {epochs, plural, one {# epoch} other {# epochs}} done in {time}.',
  'training.end.early-stopped': 'Stopped early at epoch {epoch, number}, after {time}.',
  'training.end.stopped': 'You stopped it after {epochs, plural, one {# epoch} other {# epochs}}.',
  'training.end.diverged':
    'The loss stopped being a number after epoch {epochs, number}. The last good epoch is kept. Lower this setting: {setting}.',
  'training.end.interrupted':
    'This run was interrupted after {epochs, plural, one {# epoch} other {# epochs}}.',
  'training.failed':
    'The run ended with an error ({code}). Your photos and settings are safe. Press Train to try again.',
  'training.stale': 'Photos or settings changed since this run. Train again to see what that does.',
  'training.backend': 'Trained on {backend}.',

  'training.obstacle.no-photos': 'Add photos first: at least two classes with a few photos each.',
  'training.obstacle.one-class': 'One class is not a choice. Add photos to a second class.',
  'training.obstacle.no-training-photos':
    'Every photo is on the validation side. Move some to training.',
  'training.obstacle.backbone-not-ready': 'The backbone is still loading.',
  'training.obstacle.intake-running': 'Photos are still coming in.',
  'training.obstacle.invalid-settings': 'A setting is out of range.',
  'training.obstacle.class-too-small':
    '“{className}” has no photo to train on. Add photos to it, or move one to training.',

  'training.loss-title': 'Loss by epoch',
  'training.accuracy-title': 'Accuracy by epoch',
  'training.back-to-curves': 'Back to the curves',
  'training.scale': 'Loss scale',
  'training.scale-linear': 'Linear',
  'training.scale-log': 'Log',
  'training.empty-title': 'Two curves will grow here',
  'training.empty-text':
    'Blue shows the photos the head trains on, orange those it never trains on. When they part, it is memorising.',

  'training.reading': 'What the curves say',
  'training.reading.running': 'Training. Watch the two curves: when they part, it is memorising.',
  'training.reading.too-early': 'Too few epochs to read anything from. Let it run longer.',
  'training.reading.large-gap':
    'It knows the photos it trains on far better than the others: {train} against {validation} right.',
  'training.knob.more-photos': 'more photos',
  'training.knob.sides': 'moving near-duplicates to one side',
  'training.knob.labels': 'checking the labels of those photos',
  'training.knob.validation-share': 'a larger validation share',
  'training.reading.leak-suspected':
    'Too good to be true: the validation photos do as well as if it had trained on them. Some of them probably show the same as training photos.',
  'training.reading.leaked':
    '{n, plural, one {# validation photo has} other {# validation photos have}} a near-duplicate on the training side.',
  'training.reading.noisy-labels':
    'Some labels look wrong: it has learned the rest and still insists on another class for a few training photos.',
  'training.reading.disputed':
    '{n, plural, one {# training photo looks} other {# training photos look}} wrongly labelled: {names}.',
  'training.reading.disputed-more':
    '{n, plural, one {# training photo looks} other {# training photos look}} wrongly labelled, first of all {names}.',
  'training.why.too-early': 'A curve needs a few points before it has a shape.',
  'training.why.diverging':
    'Shorter steps stay in the valley; a cap on the gradient keeps one batch from throwing it out. On the “Log” scale of the loss the first epochs can be seen, too.',
  'training.why.learning-rate-too-high':
    'Shorter steps, or steps averaged over more photos, land nearer to where they aim.',
  'training.why.leak-suspected':
    'Only photos that show something new can say how it does on something new.',
  'training.why.noisy-labels':
    'A wrong label teaches the wrong thing; asking for a little less certainty softens what it does.',
  'training.why.no-validation': 'Without photos set aside there is nothing to compare with.',
  'training.why.too-few-validation':
    'Four times as many validation photos halve the width of the interval.',
  'training.why.overfitting':
    'Stopping early keeps the head from before the turn; more photos are harder to learn by heart.',
  'training.why.overfitting-stopped':
    'More photos are harder to learn by heart; weight decay keeps only what many of them agree on.',
  'training.why.still-learning': 'It had not arrived: more steps, or longer ones, take it there.',
  'training.why.underfitting':
    'Hidden units can bend the borders between classes; a higher rate gets there within the run.',
  'training.why.large-gap':
    'What is true of many different pictures is what also holds for new ones.',
  'training.why.good-fit':
    'More photos say more exactly how good it is; hidden units may find finer differences.',
  'training.reading.none': 'Train once and the curves will tell you how it went.',
  'training.reading.no-validation':
    'There are no validation photos, so nobody can tell whether this model has learned or memorised. Add photos or raise the validation share.',
  'training.reading.too-few-validation':
    'Between {low} and {high} right: {n, plural, one {# validation photo is} other {# validation photos are}} too few to say more.',
  'training.reading.still-learning':
    'Still learning: both curves were going down when the run ended. Give it more epochs or a higher learning rate.',
  'training.reading.good-fit':
    'About right: the curves stay close, and validation is no longer getting better.',
  'training.reading.overfitting':
    'Memorising since epoch {since, number}: it gets better on the photos it trains on and worse on the others.',
  'training.reading.underfitting':
    'Too simple or too held back: it does not even get the photos it trains on right.',
  'training.reading.diverging': 'The loss is running away. Lower the learning rate.',
  'training.reading.learning-rate-too-high':
    'The curves jump about: the learning rate is too high for this set.',
  'training.reading.accuracy':
    '{percent} of the validation photos are right at epoch {epoch, number} (between {low} and {high}, {n, plural, one {# photo} other {# photos}}).',
  'training.reading.try': 'Try {first} or {second}.',
  'training.reading.try-one': 'Try {first}.',
  'training.saved':
    'Early stopping at epoch {stop, number}: at epoch {best, number} the validation loss was {bestLoss}; by epoch {last, number} it was {lastLoss}. The head from epoch {best, number} is the one in use.',
  'training.best-kept': 'The head from epoch {best, number} is the one in use.',
  'training.settings': 'Settings',
} as const;
