/** English text of trying the model out. Keys start with `predict.`. */
export const predictMessages = {
  'predict.title': 'Try it',
  'predict.choose': 'Choose a photo to try',
  'predict.choose-folder': 'Choose a folder to try',
  'predict.choose-short': 'Photo',
  'predict.choose-folder-short': 'Folder',
  'predict.start-camera': 'Start camera',
  'predict.stop-camera': 'Stop camera',
  'predict.clear': 'Clear',
  'predict.camera-device': 'Camera',
  'predict.camera-unnamed': 'Camera {n, number}',
  'predict.zone': 'Photo to try',
  'predict.drop-hint': 'Drop to try',
  'predict.invite': 'Drop or paste photos it has never seen, or a folder of them.',

  'predict.no-run-title': 'Train first',
  'predict.no-run-text':
    'After the first run, drop a photo here or use the camera, and it says what it sees.',
  'predict.no-run-waiting':
    '{n, plural, one {{name} is} other {# photos are}} tried as soon as the first run is done.',
  'predict.other-backbone':
    'This model was trained with {name}, and another backbone is loaded. It understands only its own.',
  'predict.load-backbone': 'Load {name}',
  'predict.get-backbone': 'Open the Backbone panel',
  'predict.backbone-gone':
    'This model was trained with a backbone that is no longer here ({id}). Add it again, or train once more.',
  'predict.backbone-loading': 'The backbone is loading.',
  'predict.backbone-failed': 'The backbone could not be loaded.',
  'predict.stale': 'Photos or settings changed since this model was trained.',

  'predict.status': 'Prediction',
  'predict.status-said': '{file}: {answer}',
  'predict.photo-alt': '{file}, as the backbone sees it',
  'predict.refused': '{file}: {reason}',
  'predict.failed': 'An error in Headstart kept it from being looked at. Try it once more.',
  'predict.answer': '{name}, {percent}',
  'predict.unsure': 'Not sure: {other} is nearly as likely.',
  'predict.photo-meta': '{file}, answered in {time}',
  'predict.camera-meta': '{rate} a second, each in {time}',
  'predict.camera-time': 'Each in {time}',

  'predict.unknown': 'I don’t know',
  'predict.not-sure': 'Not sure',
  'predict.withheld-unsure': 'Perhaps {name}, {percent}: too unsure to say.',
  'predict.withheld-unfamiliar': 'Unlike all it learned from. {name}, {percent}, at best.',
  'predict.withheld-below': 'Perhaps {name}, {percent}: less than this class needs to be said.',

  'predict.freeze': 'Freeze the picture',
  'predict.mirror': 'Mirror the picture',
  'predict.turn': 'Turn the picture by 90°',
  'predict.smoothing': 'Smoothing',
  'predict.smoothing-unit': 's',
  'predict.smoothing-text':
    'The answer is an average over about this time. 0: each frame by itself.',

  'predict.many': 'Several photos',
  'predict.many-running': 'Trying photos',
  'predict.many-cancel': 'Cancel trying photos',
  'predict.many-status': 'Result of trying photos',
  'predict.many-done':
    '{answered, plural, one {# photo was} other {# photos were}} tried{refused, plural, =0 {.} one {, # file could not be.} other {, # files could not be.}}',
  'predict.many-cancelled':
    'Cancelled after {answered, plural, one {# photo} other {# photos}} of {total, number}.',
  'predict.many-failed':
    'The engine gave up after {answered, plural, one {# photo} other {# photos}} of {total, number}. Try again.',
  'predict.many-stale': 'The model or what it may say has changed since these were tried.',
  'predict.many-again': 'Try them again',
  'predict.many-save': 'Save answers as CSV',
  'predict.many-list': 'Photos tried',
  'predict.many-item': '{file}: {answer}',
  'predict.many-more':
    'The first {n, number} are shown. The CSV holds all {all, number}, with every probability.',
  'predict.many-refused': 'Files not tried',

  'predict.counter': 'Count over time',
  'predict.counter-text':
    'Counts what the camera sees: a class once for as long as it stays, and again after something else.',
  'predict.counter-hold': 'Count after',
  'predict.counter-hold-unit': 'answers',
  'predict.counter-start': 'Start counting',
  'predict.counter-stop': 'Stop counting',
  'predict.counter-reset': 'Reset the counter',
  'predict.counter-save': 'Save the count as CSV',
  'predict.counter-list': 'Counted so far',
  'predict.counter-running': '· counting',
  'predict.counter-no-camera': 'Start the camera: only what it sees is counted.',
  'predict.counter-full':
    'The list of times is full ({n, number} entries). Counting goes on; save and reset for more.',

  'predict.thresholds': 'When a class is said',
  'predict.thresholds-text':
    'A class is said only when it is at least this probable. Else the answer is “Not sure”.',
  'predict.thresholds-set': '· {n, number} set',
  'predict.threshold-of': '{name} from',
  'predict.thresholds-more': 'The first {n, number} classes are listed.',

  'predict.exhibit': 'Exhibit',
  'predict.exhibit-open': 'Show on the whole screen',
  'predict.exhibit-leave': 'Leave the exhibit',
  'predict.exhibit-empty': 'Press C to start the camera.',
  'predict.exhibit-keys': 'Keys',
  'predict.exhibit-key-camera': 'camera on or off',
  'predict.exhibit-key-next': 'next camera',
  'predict.exhibit-key-freeze': 'freeze',
  'predict.exhibit-key-mirror': 'mirror',
  'predict.exhibit-key-turn': 'turn',
  'predict.exhibit-key-bars': 'all classes or the answer alone',
  'predict.exhibit-key-count': 'start or stop counting',
  'predict.exhibit-key-hide': 'hide these keys',
  'predict.exhibit-key-leave': 'leave',
  'predict.exhibit-space': 'Space',
  'predict.exhibit-escape': 'Esc',
} as const;
