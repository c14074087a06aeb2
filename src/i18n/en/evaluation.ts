/** English text of how good the model is. Keys start with `evaluation.`. Loaded with its room. */
export const evaluationMessages = {
  'evaluation.title': 'Evaluation',
  'evaluation.tabs': 'Parts of the evaluation',
  'evaluation.tab-overview': 'Overview',
  'evaluation.tab-mistakes': 'Mistakes',
  'evaluation.tab-certainty': 'Certainty',
  'evaluation.tab-labels': 'Labels',
  'evaluation.tab-more': 'More photos',
  'evaluation.tab-map': 'Map',
  'evaluation.tab-report': 'Report',
  'evaluation.no-run-title': 'Train first',
  'evaluation.no-run-text':
    'After the first run this place says how good the model is, and how sure that is.',

  // Which photos judge.
  'evaluation.judged-on': 'Judged by',
  'evaluation.on-validation': 'Validation photos',
  'evaluation.on-test': 'Test photos',
  'evaluation.on-folds': 'All photos in turn',
  'evaluation.on-validation-text':
    'Photos the model did not learn from. They did decide when to stop, so they flatter it a little.',
  'evaluation.on-test-text':
    'Photos kept apart from everything: the honest last word. Look rarely, or they turn into validation photos.',
  'evaluation.on-folds-text':
    'Cross-validation: the photos are shared out into 5 parts, and each part is judged by a model trained on the others. Best when photos are few. It judges your settings and photos, not this one model.',
  'evaluation.start-validation': 'Judge by the validation photos',
  'evaluation.start-test': 'Judge by the test photos',
  'evaluation.start-folds': 'Judge by all photos in turn',
  'evaluation.working-validation': 'Judging by the validation photos',
  'evaluation.working-test': 'Judging by the test photos',
  'evaluation.working-folds': 'Training and judging in turn',
  'evaluation.working-learning': 'Training on growing parts of the photos',
  'evaluation.again': 'Judge again',
  'evaluation.cancel': 'Cancel judging',
  'evaluation.stale':
    'Photos, settings or the model changed since. The numbers below are those of before.',
  'evaluation.judged-validation': 'They are on the validation side.',
  'evaluation.judged-test': 'They are on the test side.',
  'evaluation.judged-folds': 'Each was answered by a model that never saw it.',

  // Why there is no number.
  'evaluation.problem-no-run': 'There is no model yet. Train first.',
  'evaluation.problem-other-backbone':
    'This model was trained on another backbone than the one loaded now. Load its backbone, or train again.',
  'evaluation.problem-other-fit':
    'Photos are fitted to a square in another way than when this model was trained. Train again to judge.',
  'evaluation.problem-other-classes':
    'The model and your photos do not have the same classes: {names}. Train again, then judge.',
  'evaluation.problem-no-photos':
    'There are no photos on this side, so there is nothing to judge by. Add photos, give this side a larger share, or judge by all photos in turn.',
  'evaluation.problem-photos-were-used':
    'The model learned from the photos that are on this side now, or was stopped by them. Train again, then judge.',
  'evaluation.problem-not-embedded':
    '{count, plural, one {# photo has} other {# photos have}} not been looked at by the backbone yet. Wait until that is done.',
  'evaluation.problem-one-class':
    'All photos are of one class: any answer would be right. Add photos of a second class.',
  'evaluation.problem-too-few-groups':
    'Counting near-duplicates once, {groups, plural, one {there is # photo} other {there are # photos}}; {folds, number} parts need at least {folds, number}. Add photos of other things, places or days.',
  'evaluation.problem-failed':
    'An error in Headstart kept this from being done ({code}). Try it once more.',

  // The headline.
  'evaluation.headline-name': 'How good the model is',
  'evaluation.headline-wide':
    'Between {low} and {high} right: {count, plural, one {# photo is} other {# photos are}} too few to say more.',
  'evaluation.headline-middle':
    'Between {low} and {high} right, as far as {count, plural, one {# photo tells} other {# photos tell}}.',
  'evaluation.headline-narrow':
    'Between {low} and {high} right, by {count, plural, one {# photo} other {# photos}}.',
  'evaluation.hits': '{hits, number} of {count, number} photos right.',
  'evaluation.unjudged':
    'No photo of {names} judges here: nothing is said about how well that works.',
  'evaluation.lone-classes':
    'All photos of {names} belong to one group of near-duplicates. Held out, there would be nothing left to learn from, so they are not judged.',
  'evaluation.test-used':
    '{n, number} runs have been judged by these very test photos. The best of them may be the luckiest: only photos never looked at can tell.',
  'evaluation.few-groups':
    'Many of the {photos, number} photos are near-duplicates: they are only {groups, number} separate groups, and say less than their number promises.',
  'evaluation.flattered':
    'Early stopping chose the epoch by these very photos. New photos will probably go a little worse.',
  'evaluation.same-photos':
    '{n, plural, one {The same picture has two different labels.} other {# pictures have two different labels each.}} No model can get both right.',
  'evaluation.same-classes':
    'The model cannot tell {a} and {b} apart any better than a coin would. Are they the same?',

  // Figures.
  'evaluation.estimate': '{value} ({low} to {high})',
  'evaluation.overall': 'Figures over all photos',
  'evaluation.figure': 'Figure',
  'evaluation.value-with-interval': 'Value (95% interval)',
  'evaluation.accuracy': 'Right answers',
  'evaluation.macro-recall': 'Recall, mean of the classes',
  'evaluation.macro-precision': 'Precision, mean of the classes',
  'evaluation.macro-f1': 'F1, mean of the classes',
  'evaluation.log-loss': 'Log loss, nats a photo (less is better)',
  'evaluation.by-class': 'Class by class',
  'evaluation.by-class-text':
    'Recall: of the photos of a class, how many were found. Precision: of the answers with a class, how many were right. F1 is their balance.',
  'evaluation.class': 'Class',
  'evaluation.support': 'Photos',
  'evaluation.recall': 'Recall',
  'evaluation.precision': 'Precision',
  'evaluation.f1': 'F1',

  // Better than what.
  'evaluation.contenders': 'Better than what?',
  'evaluation.who': 'Who answers',
  'evaluation.against-model': 'Against your model',
  'evaluation.by-model': 'Your model',
  'evaluation.by-neighbours': 'The 5 most similar photos vote',
  'evaluation.by-class-mean': 'The most similar class average',
  'evaluation.by-zero-shot': 'The backbone’s own class names',
  'evaluation.by-largest-class': 'Always the largest class',
  'evaluation.by-random': 'A random class',
  'evaluation.maybe-luck': 'could be luck',
  'evaluation.model-better': 'your model is really better',
  'evaluation.model-worse': 'your model is really worse',
  'evaluation.zero-shot-no-classifier':
    'The backbone’s own class names are not among them: its files end before the classes it was pretrained on.',
  'evaluation.zero-shot-unknown-classes':
    'The backbone’s own class names are not among them: it tells classes apart, but nothing says which.',
  'evaluation.zero-shot-no-match':
    'The backbone’s own class names are not among them: none of its {n, number} classes is called like one of yours. You can choose some below.',
  'evaluation.zero-shot-failed':
    'What the backbone’s own class names say could not be worked out. Judge again to try once more.',
  'evaluation.zero-shot-matches': 'The backbone’s own class names',
  'evaluation.zero-shot-matched': '{matched, number} of {n, number} matched',
  'evaluation.zero-shot-text':
    'The backbone was pretrained to name {n, number} things, without ever seeing your photos. What it says of those that stand for a class is added up, and the largest sum is its answer.',
  'evaluation.zero-shot-unmatched':
    'Nothing stands for {names}: photos of {n, plural, one {this class} other {these classes}} always count as wrong here.',
  'evaluation.zero-shot-none': 'none',
  'evaluation.zero-shot-more': 'and {n, number} more',
  'evaluation.zero-shot-edit': 'Change',
  'evaluation.zero-shot-change': 'Change what stands for {name}',
  'evaluation.zero-shot-search': 'Search the backbone’s {n, number} classes',
  'evaluation.zero-shot-hits': 'Classes that stand for {name}',
  'evaluation.zero-shot-no-hits': 'No class of the backbone is called like this.',
  'evaluation.zero-shot-more-hits': '{n, number} more: type more of the name.',
  'evaluation.zero-shot-by-name': 'Match by name again',
  'evaluation.zero-shot-done': 'Done',
  'evaluation.compare-first': 'Compare',
  'evaluation.compare-second': 'with',
  'evaluation.comparison': 'Comparison',
  'evaluation.compare-same': '“{first}” and “{second}” get the same photos right.',
  'evaluation.compare-real':
    'A real difference: {firstOnly, plural, one {# photo} other {# photos}} only “{first}” gets right, {secondOnly, number} only “{second}” (McNemar’s exact test, p = {p}).',
  'evaluation.compare-luck':
    'Could be luck: {firstOnly, plural, one {# photo} other {# photos}} only “{first}” gets right, {secondOnly, number} only “{second}” (McNemar’s exact test, p = {p}).',

  // Photos.
  'evaluation.matrix-show': 'The matrix shows',
  'evaluation.matrix-counts': 'Counts',
  'evaluation.matrix-shares': 'Shares',
  'evaluation.gallery': 'Which photos',
  'evaluation.show-mistakes': 'Surest mistakes',
  'evaluation.show-unsure': 'Least sure',
  'evaluation.show-class': 'A class',
  'evaluation.gallery-mistakes':
    '{n, plural, =0 {No mistakes among these photos.} one {# mistake} other {# mistakes, the surest first}}',
  'evaluation.gallery-unsure': 'The {n, number} least sure answers, right or wrong',
  'evaluation.gallery-class':
    '{n, plural, =0 {No photos of this class here.} one {# photo} other {# photos, the surest answers first}}',
  'evaluation.show-more': 'Show more ({n, number})',
  'evaluation.opened': 'Photo {file}',
  'evaluation.close-photo': 'Close this photo',
  'evaluation.opened-right': 'It shows {truth}, and the model says so.',
  'evaluation.opened-wrong': 'Labelled {truth}, answered {answer}.',
  'evaluation.relabel': 'Its class',
  'evaluation.to-validation': 'Move to validation',
  'evaluation.delete-photo': 'Delete photo',
  'evaluation.nearest': 'Most similar photos it learned from',

  // The test side.
  'evaluation.test-side': 'A test side',
  'evaluation.test-side-text':
    'Photos that neither train nor stop nor choose, kept for one honest look at the end. Moving the border takes them from training, so train again afterwards.',
  'evaluation.test-tiny':
    'Off is right for now: your smallest class has {smallest, plural, one {# photo} other {# photos}}, and below {limit, number} a test side takes more than it tells. Judge by all photos in turn instead.',
  'evaluation.test-share': 'Test share',
  'evaluation.test-off': 'off',

  // Certainty.
  'evaluation.calibration': 'As sure as it should be?',
  'evaluation.no-temperature':
    'There are too few validation photos to say how sure this model should be. Its probabilities are shown as they are.',
  'evaluation.temperature-text':
    'Temperature {temperature}, fitted on {count, number} photos: probabilities everywhere are made {direction, select, less {less} other {more}} sure, so that “80%” is right about 80 times in 100. No answer changes. While photos are few it stays near 1.',
  'evaluation.temperature-folds':
    'Temperature {temperature} over {count, number} photos, each scaled by what the other parts say: models trained like this have to be made {direction, select, less {less} other {more}} sure. Your model has a temperature of its own, fitted on the validation photos.',
  'evaluation.temperature-same':
    'The same photos judge here, so the figure after it is a little too good.',
  'evaluation.ece-not-better':
    'The calibration error did not fall. With so few photos chance moves it as much: see how wide the intervals are.',
  'evaluation.ece': 'Calibration error (0 is best)',
  'evaluation.ece-before': 'As trained',
  'evaluation.ece-after': 'With temperature',
  'evaluation.reliability': 'How sure, how often right',
  'evaluation.reliability-before': 'The same without temperature',
  'evaluation.sure': 'How sure the model was',
  'evaluation.right': 'How often it was right',
  'evaluation.bin': '{sure} sure: {hits, number} of {count, number} right.',
  'evaluation.abstain': 'Saying “I don’t know”',
  'evaluation.abstain-text':
    'A model always has an answer. It can keep the unsure ones to itself: fewer answers, more of them right.',
  'evaluation.abstain-on': 'Say “I don’t know” in Try it',
  'evaluation.abstain-floor': 'Least certainty',
  'evaluation.abstain-floor-text':
    'The start is chosen on the validation photos: half of the errors gone, at least half of the answers kept.',
  'evaluation.abstain-distance': 'Also for photos unlike all it learned from',
  'evaluation.abstain-effect': 'What the dial does',
  'evaluation.abstain-result':
    'It answers {answered, number} of {count, number} photos and gets {hits, number} of them right: {accuracy} instead of {all}.',
  'evaluation.abstain-silent': 'It answers none of the {count, number} photos.',
  'evaluation.coverage': 'Right answers against answers given',
  'evaluation.coverage-text':
    'From right to left more of the least sure answers are withheld. The line marks the dial.',
  'evaluation.coverage-x': 'Photos answered',
  'evaluation.coverage-y': 'Right among them',

  // Labels.
  'evaluation.labels-text':
    'Wrong labels teach wrong things. Each photo is answered by models that never saw it and by the photos most like it; where they are sure of another class, look again (confident learning).',
  'evaluation.start-labels': 'Check the labels',
  'evaluation.labels-none': 'No label looks wrong.',
  'evaluation.labels-review': 'Labels to look at',
  'evaluation.labels-progress': 'Label check',
  'evaluation.labels-at':
    '{at, number} of {n, number}, the most suspicious first. By this reckoning about {estimated, number} labels are wrong; a weak model suspects more than are.',
  'evaluation.labels-weak':
    'The models behind this list answer {percent} of these photos right; where they are wrong themselves they suspect a label that is right. Begin at the top, and stop when most labels you see are right.',
  'evaluation.labels-done':
    'All {n, number} looked at, {changed, plural, =0 {none changed} one {# changed} other {# changed}}.',
  'evaluation.labels-photo': 'Is the label of {file} right?',
  'evaluation.labels-question': 'Labelled {label}. Is it {suggested}?',
  'evaluation.labels-shares':
    'Models that never saw it, and the photos most like it, say {suggested}, {suggestedShare}; {label}, {labelShare}.',
  'evaluation.labels-keep': 'Keep {label} (K)',
  'evaluation.labels-relabel': 'Make it {suggested} (R)',
  'evaluation.labels-delete': 'Delete (D)',
  'evaluation.labels-back': 'Take back (U)',

  // More photos.
  'evaluation.more-text':
    'Trains on growing parts of your photos, judges each by photos held out, and draws on the line that comes of it.',
  'evaluation.start-learning': 'Measure what more photos bring',
  'evaluation.more-answer': 'What more photos would bring',
  'evaluation.more-unfit': 'There are too few photos to draw a line through.',
  'evaluation.more-gain':
    '{more, number} more photos would probably bring {value} more right answers in 100 (between {low} and {high}).',
  'evaluation.more-flat':
    '{more, number} more photos of the same kind would bring hardly anything, at most {high} right answers in 100. Other settings or other kinds of photos may.',
  'evaluation.more-class':
    'Most for {name}: with half of its photos gone, {gain} fewer answers in 100 were right.',
  'evaluation.more-no-class': 'No class stands out: halving any one of them changed nothing.',
  'evaluation.learning-curve': 'Right answers against photos',
  'evaluation.learning-x': 'Photos learned from',
  'evaluation.learning-y': 'Right answers',
  'evaluation.learning-caption':
    'Dots: measured. Dashed: a power law through them, with its 95% band. Right of the line it is a forecast.',
  'evaluation.class-gains': 'What each class lives off',
  'evaluation.class-gain-own': 'Its own photos lost',
  'evaluation.class-gain-all': 'All photos lost',
  'evaluation.class-gains-text':
    'Measured by training with half of that class’s photos. Small differences are chance.',

  // The report.
  'evaluation.report': 'Report',
  'evaluation.report-text':
    'One page for those who were not there, in the form of a model card. It says what was measured, and nothing more.',
  'evaluation.report-download': 'Download the report',
  'evaluation.report-print': 'Print the report',
  'evaluation.report-title': '{name}: model card',
  'evaluation.report-model': 'Model',
  'evaluation.report-model-text':
    '{run}: a head on the frozen backbone {backbone}, epoch {epoch, number} of {epochs, number}. It tells apart: {classes}.',
  'evaluation.report-settings': 'Training settings: {list}.',
  'evaluation.report-on': 'on',
  'evaluation.report-off': 'off',
  'evaluation.report-data': 'Data and split',
  'evaluation.report-data-text':
    '{count, number} photos. Validation share {validation}, test share {test}; near-duplicates stay on one side.',
  'evaluation.report-counts': 'Photos of each class',
  'evaluation.report-training': 'Training',
  'evaluation.report-validation': 'Validation',
  'evaluation.report-test': 'Test',
  'evaluation.report-performance': 'How good',
  'evaluation.report-curves': 'Curves',
  'evaluation.report-curves-text': 'Some of the epochs',
  'evaluation.report-epoch': 'Epoch',
  'evaluation.report-figure-loss': 'Loss, nats a photo',
  'evaluation.report-figure-accuracy': 'Right answers',
  'evaluation.report-epoch-in-use': 'epoch {epoch, number} in use',
  'evaluation.report-train-loss': 'Training loss',
  'evaluation.report-validation-loss': 'Validation loss',
  'evaluation.report-validation-right': 'Validation, right',
  'evaluation.report-ece':
    'Calibration error {before} as trained, {after} with temperature {temperature}.',
  'evaluation.report-abstain':
    'It says “I don’t know” below {floor}: {answered, number} of {count, number} photos answered, {accuracy} of them right.',
  'evaluation.report-photo': 'Photo',
  'evaluation.report-label': 'Label',
  'evaluation.report-answer': 'Answer',
  'evaluation.report-limits': 'Limits',
  'evaluation.report-limits-text':
    'It only knows these classes, on photos like these. Other cameras, places, light or things were not measured. It was not made for decisions about people.',
} as const;
