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
    'The loss stopped being a number after epoch {epochs, number}. The last good epoch is kept. Lower the learning rate.',
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
  'training.knob.validation-share': 'a larger validation share',
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
