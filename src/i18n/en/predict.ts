/** English text of trying the model out. Keys start with `predict.`. */
export const predictMessages = {
  'predict.title': 'Try it',
  'predict.choose': 'Choose a photo to try',
  'predict.start-camera': 'Start camera',
  'predict.stop-camera': 'Stop camera',
  'predict.clear': 'Clear',
  'predict.camera-device': 'Camera',
  'predict.camera-unnamed': 'Camera {n, number}',
  'predict.zone': 'Photo to try',
  'predict.drop-hint': 'Drop to try',
  'predict.invite': 'Drop or paste a photo it has never seen.',
  'predict.only-first': 'One photo at a time: {name} is the first of {n, number}.',

  'predict.no-run-title': 'Train first',
  'predict.no-run-text':
    'After the first run, drop a photo here or use the camera, and it says what it sees.',
  'predict.no-run-waiting': '{name} is tried as soon as the first run is done.',
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
  'predict.status-photo': '{file}: {name}, {percent}',
  'predict.status-camera': 'Camera: {name}, {percent}',
  'predict.photo-alt': '{file}, as the backbone sees it',
  'predict.refused': '{file}: {reason}',
  'predict.failed': 'An error in Headstart kept it from being looked at. Try it once more.',
  'predict.answer': '{name}, {percent}',
  'predict.unsure': 'Not sure: {other} is nearly as likely.',
  'predict.photo-meta': '{file}, answered in {time}',
  'predict.camera-meta': '{rate} a second, each in {time}',
  'predict.camera-time': 'Each in {time}',

  'predict.unknown': 'I don’t know',
  'predict.status-withheld': '{file}: I don’t know. {why}',
  'predict.withheld-unsure': 'Perhaps {name}, {percent}: too unsure to say.',
  'predict.withheld-unfamiliar': 'Unlike all it learned from. {name}, {percent}, at best.',
} as const;
