/** English text of bringing photos in. Keys start with `capture.`. */
export const captureMessages = {
  'capture.choose-photos': 'Choose photos',
  'capture.choose-folders': 'Choose folders',
  'capture.drop-hint': 'Drop to add. Each folder becomes a class.',
  'capture.camera-title': 'Record with the camera',
  'capture.camera-text':
    'Hold the button and move the object a little. Frames of one hold stay together when photos are split.',
  'capture.camera-class': 'Class',
  'capture.camera-device': 'Camera',
  'capture.camera-unnamed': 'Camera {n, number}',
  'capture.camera-hold': 'Hold to record',
  'capture.camera-recording': 'Recording',
  'capture.camera-count': '{n, plural, one {# photo} other {# photos}} recorded.',
} as const;
