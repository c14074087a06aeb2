/** English text of the knobs. Keys: `hyperparameters.<key>.name`, `.explanation`, `.more`. */
export const hyperparametersMessages = {
  'hyperparameters.group.how-long': 'How long',
  'hyperparameters.group.how-fast': 'How fast',
  'hyperparameters.group.how-big': 'How big',
  'hyperparameters.group.held-back': 'How held back',
  'hyperparameters.group.augment': 'More from each photo',
  'hyperparameters.group.when-to-stop': 'When to stop',
  'hyperparameters.group.chance': 'Chance',
  'hyperparameters.more-settings': 'More settings',
  'hyperparameters.fewer-settings': 'Fewer settings',
  'hyperparameters.reset-all': 'Reset all settings',
  'hyperparameters.does-nothing-now': 'Changes nothing with the other settings as they are.',

  'hyperparameters.epochs.name': 'Epochs',
  'hyperparameters.epochs.explanation': 'How many times the head sees every training photo.',
  'hyperparameters.epochs.more':
    'More epochs push the training curve further down. The validation curve follows for a while, then turns: that is where memorising begins.',
  'hyperparameters.learningRate.name': 'Learning rate',
  'hyperparameters.learningRate.explanation': 'How large each correction is.',
  'hyperparameters.learningRate.more':
    'Too low and both curves creep. Too high and they jump about or shoot up. Try steps of three: 0.001, 0.003, 0.01.',
  'hyperparameters.batchSize.name': 'Batch size',
  'hyperparameters.batchSize.explanation': 'Photos looked at before each correction.',
  'hyperparameters.batchSize.more':
    'Small batches make more, noisier corrections per epoch. Large ones make fewer, smoother ones and usually need a higher learning rate.',
  'hyperparameters.optimizer.name': 'Optimizer',
  'hyperparameters.optimizer.explanation': 'The rule that turns errors into corrections.',
  'hyperparameters.optimizer.more':
    'AdamW scales each correction by itself and suits most sets. SGD is plain: easier to understand, slower to arrive.',
  'hyperparameters.optimizer.sgd': 'SGD',
  'hyperparameters.optimizer.momentum': 'SGD with momentum',
  'hyperparameters.optimizer.rmsprop': 'RMSprop',
  'hyperparameters.optimizer.adam': 'Adam',
  'hyperparameters.optimizer.adamw': 'AdamW',
  'hyperparameters.momentum.name': 'Momentum',
  'hyperparameters.momentum.explanation': 'How much of the last correction is carried on.',
  'hyperparameters.momentum.more':
    'Near 1 the head rolls through small bumps but may overshoot: the curves swing.',
  'hyperparameters.schedule.name': 'Learning-rate schedule',
  'hyperparameters.schedule.explanation': 'How the learning rate changes during the run.',
  'hyperparameters.schedule.more':
    'Cosine and one-cycle end with small corrections, so the curves calm down towards the end.',
  'hyperparameters.schedule.constant': 'Constant',
  'hyperparameters.schedule.cosine': 'Cosine',
  'hyperparameters.schedule.one-cycle': 'One cycle',
  'hyperparameters.schedule.step': 'Steps',
  'hyperparameters.warmup.name': 'Warm-up',
  'hyperparameters.warmup.explanation':
    'Share of the run spent raising the learning rate from zero.',
  'hyperparameters.warmup.more': 'Keeps the first corrections from throwing the head off.',
  'hyperparameters.hiddenUnits.name': 'Hidden units',
  'hyperparameters.hiddenUnits.explanation':
    'Size of the layer before the answer. 0 is a plain linear head.',
  'hyperparameters.hiddenUnits.more':
    'More units can draw finer borders between classes, and memorise more easily: the curves part sooner.',
  'hyperparameters.hiddenUnits.linear': 'linear',
  'hyperparameters.dropout.name': 'Dropout',
  'hyperparameters.dropout.explanation':
    'Share of features switched off at random during training.',
  'hyperparameters.dropout.more':
    'The head cannot lean on single features, so the gap between the curves shrinks. Too much and both stay high.',
  'hyperparameters.weightDecay.name': 'Weight decay',
  'hyperparameters.weightDecay.explanation': 'Pulls the weights towards zero at every correction.',
  'hyperparameters.weightDecay.more':
    'Keeps the head simple: the validation curve turns up later or not at all. Too much and the head cannot learn.',
  'hyperparameters.labelSmoothing.name': 'Label smoothing',
  'hyperparameters.labelSmoothing.explanation': 'Asks the head to be a little less than sure.',
  'hyperparameters.labelSmoothing.more':
    'Helps when some labels are wrong. The training loss then never reaches zero.',
  'hyperparameters.balanceClasses.name': 'Balance classes',
  'hyperparameters.balanceClasses.explanation':
    'Photos of rare classes count more, so each class counts the same.',
  'hyperparameters.standardise.name': 'Standardise features',
  'hyperparameters.standardise.explanation':
    'Brings every feature to the same scale, measured on training photos alone.',
  'hyperparameters.gradientClip.name': 'Gradient clipping',
  'hyperparameters.gradientClip.explanation': 'Caps the size of a single correction. 0 is no cap.',
  'hyperparameters.gradientClip.more':
    'Cuts off spikes in the loss when the learning rate is high.',
  'hyperparameters.augmentCopies.name': 'Augmented copies',
  'hyperparameters.augmentCopies.explanation':
    'Changed copies of every training photo, trained on beside it.',
  'hyperparameters.augmentCopies.more':
    'The head has more to learn, so the training curve falls more slowly and the gap shrinks. Do not expect better answers from it: with 10 or 20 real photos a class, four copies of each changed the accuracy by no more than chance, since the backbone hardly tells a copy from its photo. Each copy is embedded once and kept. Validation photos are never changed.',
  'hyperparameters.augmentFlip.name': 'Flip',
  'hyperparameters.augmentFlip.explanation':
    'Mirrors every second copy. Not for text, hands or arrows.',
  'hyperparameters.augmentCrop.name': 'Crop',
  'hyperparameters.augmentCrop.explanation': 'Keeps 60 to 100% of the picture, somewhere in it.',
  'hyperparameters.augmentRotate.name': 'Rotation',
  'hyperparameters.augmentRotate.explanation': 'Tilts by up to 15° either way.',
  'hyperparameters.augmentColour.name': 'Colour',
  'hyperparameters.augmentColour.explanation':
    'Other brightness, contrast and saturation. Not where colour tells the classes apart.',
  'hyperparameters.augmentBlur.name': 'Blur',
  'hyperparameters.augmentBlur.explanation': 'Softens half of the copies.',
  'hyperparameters.augmentErase.name': 'Random erasing',
  'hyperparameters.augmentErase.explanation': 'Covers a rectangle in half of the copies.',
  'hyperparameters.earlyStopping.name': 'Early stopping',
  'hyperparameters.earlyStopping.explanation':
    'Ends the run when validation stops improving and goes back to the best epoch.',
  'hyperparameters.monitor.name': 'Monitored metric',
  'hyperparameters.monitor.explanation': 'The curve that decides which epoch is best.',
  'hyperparameters.monitor.more':
    'Loss notices growing overconfidence before accuracy falls. Accuracy moves in steps of one photo.',
  'hyperparameters.monitor.validation-loss': 'Validation loss',
  'hyperparameters.monitor.validation-accuracy': 'Validation accuracy',
  'hyperparameters.patience.name': 'Patience',
  'hyperparameters.patience.explanation': 'Epochs to wait for an improvement before stopping.',
  'hyperparameters.patience.more':
    'Little patience stops at the first bump. Much patience lets memorising go on longer before it is noticed.',
  'hyperparameters.minDelta.name': 'Minimum improvement',
  'hyperparameters.minDelta.explanation': 'Smaller gains than this do not count as improving.',
  'hyperparameters.minDelta.more': 'Raise it to stop when the curve is nearly flat.',
  'hyperparameters.continueAfterStop.name': 'Show what would have happened',
  'hyperparameters.continueAfterStop.explanation':
    'Goes on after the stopping point, dimmed, to show what stopping saved. The best epoch is kept all the same.',
  'hyperparameters.seed.name': 'Seed',
  'hyperparameters.seed.explanation':
    'Fixes every random choice. The same seed gives the same curves.',
  'hyperparameters.seed.more': 'Try three seeds: a difference smaller than theirs is luck.',
  'hyperparameters.unit.epochs': '{n, plural, one {epoch} other {epochs}}',
} as const;
