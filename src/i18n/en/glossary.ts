/**
 * English text of the glossary. Keys start with `glossary.`. Loaded with its room. `.name` is the word,
 * `.text` what it is, `.curves` what it usually does to the two curves.
 */
export const glossaryMessages = {
  'glossary.title': 'Glossary',
  'glossary.find': 'Find a word',
  'glossary.none': 'No word here holds “{query}”.',
  'glossary.curves': 'In the curves',
  'glossary.little': 'little',
  'glossary.much': 'much',
  'glossary.sketch':
    'Two sketches of training and validation loss: with little of it on the left, with much of it on the right.',
  'glossary.group.model': 'The model',
  'glossary.group.training': 'How it learns',
  'glossary.group.fit': 'Too much, too little',
  'glossary.group.held-back': 'Holding it back',
  'glossary.group.trust': 'Can it be trusted',

  'glossary.transfer-learning.name': 'Transfer learning',
  'glossary.transfer-learning.text':
    'A network that has already learned to see, from a great many other photos, is kept as it is. Only a small new part is trained on yours. That is why a few dozen photos and a few seconds are enough.',
  'glossary.backbone.name': 'Backbone',
  'glossary.backbone.text':
    'The part that has already learned to see. It turns a photo into a list of numbers and never changes while you train.',
  'glossary.embedding.name': 'Embedding',
  'glossary.embedding.text':
    'The list of numbers that the backbone makes of one photo. Photos that look alike get lists that are alike. It is worked out once for each photo and kept, so training again is quick.',
  'glossary.head.name': 'Head',
  'glossary.head.text':
    'The small part behind the backbone that you train: it reads an embedding and says which class it takes it for.',
  'glossary.hidden-units.name': 'Hidden units',
  'glossary.hidden-units.text':
    'A layer of this many numbers between embedding and answer. Without it the head draws straight borders between classes; with it the borders can bend.',
  'glossary.hidden-units.curves':
    'More units push the training curve down sooner and further. Past what your photos can fill, the validation curve turns up earlier.',
  'glossary.logits.name': 'Logits',
  'glossary.logits.text':
    'The raw scores of the head, one for each class, before they are turned into percentages. Only the differences between them count.',
  'glossary.softmax.name': 'Softmax',
  'glossary.softmax.text':
    'The step that turns scores into percentages that add up to 100. It always gives some answer, even for a photo of nothing you trained.',

  'glossary.epoch.name': 'Epoch',
  'glossary.epoch.text': 'One pass over all training photos. The curves have one point for each.',
  'glossary.epoch.curves':
    'Both curves fall at first. Given more and more epochs the training curve goes on falling, and the validation curve flattens or turns up.',
  'glossary.batch.name': 'Batch',
  'glossary.batch.text':
    'The photos that are looked at together before the head is corrected once. An epoch is as many corrections as it has batches.',
  'glossary.batch.curves':
    'Small batches: quick, jagged curves. Large ones: smooth, slow curves, unless the learning rate goes up with them.',
  'glossary.loss.name': 'Loss',
  'glossary.loss.text':
    'How far the answers are from the labels, in one number; 0 is perfect. It notices how sure an answer was: a confident mistake costs much more than a hesitant one. The loss here is the mean of −log(probability of the true class).',
  'glossary.gradient.name': 'Gradient',
  'glossary.gradient.text':
    'For each weight of the head: in which direction, and how strongly, changing it would lower the loss right now. Training is following it downhill in many small steps.',
  'glossary.learning-rate.name': 'Learning rate',
  'glossary.learning-rate.text':
    'The length of each step downhill. It matters more than any other knob, and the right size lies within a factor of about three, so it is searched by multiplying, not by adding.',
  'glossary.learning-rate.curves':
    'Too low: both curves creep down and never arrive. Too high: they jump about, or shoot up.',
  'glossary.schedule.name': 'Learning-rate schedule',
  'glossary.schedule.text':
    'A plan for the learning rate over the run: constant; cosine, falling smoothly to zero; steps, divided by ten at half and at three quarters; one cycle, up and then far down.',
  'glossary.schedule.curves':
    'With a falling rate the curves grow calm towards the end and usually finish a little lower.',
  'glossary.warm-up.name': 'Warm-up',
  'glossary.warm-up.text':
    'The first part of a run, in which the learning rate rises from zero. The first steps of a fresh head point in poor directions; small ones do no harm.',
  'glossary.optimizer.name': 'Optimizer',
  'glossary.optimizer.text':
    'The rule that makes a step out of the gradient. SGD follows it as it is. Momentum keeps rolling. RMSprop, Adam and AdamW give each weight a step of its own size.',
  'glossary.momentum.name': 'Momentum',
  'glossary.momentum.text':
    'The share of the last step that is carried into the next one, as a ball keeps rolling.',
  'glossary.momentum.curves': 'Much of it: faster down, and swings past the valley.',
  'glossary.gradient-clipping.name': 'Gradient clipping',
  'glossary.gradient-clipping.text':
    'A cap on the length of the gradient: a single odd batch can then not throw the head far away.',
  'glossary.gradient-clipping.curves': 'Spikes become bumps. A calm curve stays as it is.',
  'glossary.standardise.name': 'Standardising',
  'glossary.standardise.text':
    'Shifting and stretching every number of the embeddings so that over the training photos its mean is 0 and its spread 1. Validation photos are moved by the same amounts, never by their own.',
  'glossary.seed.name': 'Seed',
  'glossary.seed.text':
    'The number from which all chance of a run is drawn: first weights, order of the photos, dropout. The same seed gives the same run. The difference between seeds tells how much of a result is luck.',

  'glossary.overfitting.name': 'Overfitting',
  'glossary.overfitting.text':
    'Learning the training photos by heart, with their chance details, instead of what the classes have in common.',
  'glossary.overfitting.curves':
    'Training loss goes on falling while validation loss turns and rises. The turn is where it began.',
  'glossary.underfitting.name': 'Underfitting',
  'glossary.underfitting.text':
    'Not even the training photos are learned: the head is too simple, too held back, or had too little time.',
  'glossary.underfitting.curves': 'Both curves stay high, close together.',
  'glossary.early-stopping.name': 'Early stopping',
  'glossary.early-stopping.text':
    'Keeping the head from the epoch where the validation photos went best, and not waiting for what comes after. It only reads the curve, so it can be changed after the run.',
  'glossary.early-stopping.curves': 'The curves stay the same; the flag says which part counts.',
  'glossary.patience.name': 'Patience',
  'glossary.patience.text':
    'How many epochs without an improvement are waited for. Curves of few photos are jagged, so a little is needed; much of it lets memorising go on.',
  'glossary.patience.curves': 'The stopping flag moves to the right. The best epoch may move too.',
  'glossary.min-improvement.name': 'Minimum improvement',
  'glossary.min-improvement.text':
    'What counts as an improvement: gains smaller than this are taken for chance.',
  'glossary.min-improvement.curves': 'A larger one moves the flag to where the curve grows flat.',

  'glossary.weight-decay.name': 'Weight decay',
  'glossary.weight-decay.text':
    'A steady pull of all weights towards zero. Only what many photos agree on is strong enough to hold against it.',
  'glossary.weight-decay.curves':
    'The gap shrinks and the validation curve turns up later, or not at all. Far too much: both stay high.',
  'glossary.dropout.name': 'Dropout',
  'glossary.dropout.text':
    'At every step a random share of the numbers is switched off, so that no answer can hang on a few of them. When the model is used, all are on.',
  'glossary.dropout.curves': 'Training falls more slowly and less far, and the gap shrinks.',
  'glossary.label-smoothing.name': 'Label smoothing',
  'glossary.label-smoothing.text':
    'The head is asked for, say, 93% instead of 100%. It stops running after certainty, which helps where some labels are wrong.',
  'glossary.label-smoothing.curves':
    'Training loss levels off above zero; validation loss rises less.',
  'glossary.class-balance.name': 'Balanced classes',
  'glossary.class-balance.text':
    'Photos of a rare class count more, so that ignoring it does not pay. Without it a head can be right in 90% of cases by always naming the class with 90% of the photos.',
  'glossary.augmentation.name': 'Augmentation',
  'glossary.augmentation.text':
    'Training on changed copies of each photo as well: mirrored, cropped, tilted, in other light. It tells the head what does not matter. Only changes that leave the class as it is: a mirrored 6 is no 6. Validation photos are left alone.',
  'glossary.augmentation.curves':
    'There is more to learn by heart, so training falls more slowly and the gap shrinks.',

  'glossary.validation.name': 'Validation split',
  'glossary.validation.text':
    'Photos that are set aside and never trained on. They say how the model does on photos it has not seen. Near-duplicates of a photo always stay on its side.',
  'glossary.test-photos.name': 'Test photos',
  'glossary.test-photos.text':
    'A second set aside, looked at only at the very end. Whoever picks knobs by the validation photos has used those up a little.',
  'glossary.leak.name': 'Leak',
  'glossary.leak.text':
    'The same picture, or nearly the same, on both sides: frames of one film, copies, the same object again. Validation then measures memory.',
  'glossary.leak.curves': 'Validation looks as good as training, or better, from the start.',
  'glossary.label-noise.name': 'Wrong labels',
  'glossary.label-noise.text':
    'Photos that lie in the wrong class. A head that is held back argues with them; one that overfits learns them by heart and gets worse.',
  'glossary.label-noise.curves':
    'Training loss stays up for a few photos, and the turn to memorising comes early.',
  'glossary.interval.name': 'Interval',
  'glossary.interval.text':
    '“Between 57% and 85%”: the true accuracy lies in there, with 95% certainty, going by so many photos. With 20 validation photos it spans about 35 points; four times as many halve it. (Wilson’s formula.)',
  'glossary.confusion-matrix.name': 'Confusion matrix',
  'glossary.confusion-matrix.text':
    'A table of what the photos show against what is answered. The diagonal is right; every other cell is a mix-up you can look at.',
  'glossary.calibration.name': 'Calibration',
  'glossary.calibration.text':
    'Whether percentages mean what they say: of all answers given with 80%, eight in ten should be right. Overfitting makes a model far too sure.',
} as const;
