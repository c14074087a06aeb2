/** English text of a set-up as a link. Keys start with `setup.`. Loaded with its panel. */
export const setupMessages = {
  'setup.share-title': 'Share this set-up',
  'setup.share-text':
    'A link that gives others the same experiment: every setting, split, fit and backbone. Never photos.',
  'setup.link': 'Link',
  'setup.copy': 'Copy link',
  'setup.copied': 'The link was copied.',
  'setup.not-copied': 'The browser did not allow copying. Select the link and copy it yourself.',
  'setup.qr': 'QR code of the link',
  'setup.qr-failed': 'The QR code could not be made. The link works all the same.',
  'setup.with-samples':
    'The photos are a drawn set: whoever opens the link can draw the same {n, plural, one {picture} other {# pictures}}.',
  'setup.without-photos': 'Photos stay here. Hand them out as a project file if others need them.',

  'setup.title': 'A set-up came with this link',
  'setup.text': 'Look at it first. Nothing changes before you take it over.',
  'setup.refused': 'This set-up cannot be used.',
  'setup.refused.damaged': 'The link is incomplete or was changed. Ask for it again.',
  'setup.refused.too-long': 'The link is far longer than a set-up can be.',
  'setup.refused.from-the-future':
    'It was made with a newer version of Headstart. Update, then open it again.',
  'setup.refused.out-of-range': 'These values are outside of what is allowed:',
  'setup.problem': '{field}: {value}',
  'setup.nothing-changed': 'Nothing was changed.',
  'setup.settings': 'Settings',
  'setup.all-defaults': 'Every setting is at its default.',
  'setup.now': 'now {value}',
  'setup.changes': 'Values that differ from yours are marked.',
  'setup.same': 'Settings and split are the same as yours.',
  'setup.defaulted':
    '{n, plural, one {One setting is} other {# settings are}} newer than the link and {n, plural, one {takes its} other {take their}} default.',
  'setup.field.validation-share': 'Validation share',
  'setup.field.test-share': 'Test share',
  'setup.field.split-seed': 'Seed of the split',
  'setup.field.fit': 'Fit',
  'setup.field.backbone': 'Backbone',
  'setup.field.pinned': 'Photos on a side chosen by hand',
  'setup.field.sample-theme': 'Sample set',
  'setup.field.sample-count': 'Photos a class',
  'setup.field.sample-difficulty': 'Difficulty',
  'setup.field.sample-noise': 'Wrong labels',
  'setup.field.sample-seed': 'Seed of the sample set',
  'setup.resplit': 'The photos here will be split anew. You can undo that.',
  'setup.split-anew':
    '{n, plural, =0 {} one {One photo was put on a side by hand where the link was made. The link does not say which. } other {# photos were put on a side by hand where the link was made. The link does not say which. }}The drawn pictures are split by share and seed alone; where the share was changed after photos had come, other photos may validate there.',
  'setup.pins-stay':
    '{n, plural, one {One photo is} other {# photos are}} on a side chosen by hand. That is not part of the link: whoever opens it gets the split that share and seed make.',
  'setup.backbone-missing':
    'The backbone {name} is not on this device. The one in use stays; the numbers will not be the same.',
  'setup.samples': 'Sample set',
  'setup.samples-text':
    '{theme}, {n, plural, one {# picture} other {# pictures}}, drawn on this device.',
  'setup.draw': 'Draw the sample set too',
  'setup.draw-beside': 'There are photos here already. The drawn ones would be added to them.',
  'setup.accept': 'Take it over',
  'setup.refuse': 'Leave everything as it is',
  'setup.busy': 'Not now: training or adding photos is under way, or another tab has this project.',
} as const;
