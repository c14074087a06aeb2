/** English text of the backend panel. Keys start with `backends.`. */
export const backendsMessages = {
  'backends.title': 'Backends',
  'backends.description':
    'Ways for this browser to compute. Each one is checked for right numbers, then timed on this device. The fastest that is right is used.',
  'backends.name.webgpu': 'WebGPU',
  'backends.name.webgl': 'WebGL',
  'backends.name.wasm': 'WebAssembly',
  'backends.name.cpu': 'CPU',
  'backends.text.webgpu': 'The graphics card, the newer way. Fast where there is a real one.',
  'backends.text.webgl': 'The graphics card, the older way. Almost everywhere.',
  'backends.text.wasm': 'The processor, with compiled code. Steady on every machine.',
  'backends.text.cpu': 'The processor, with plain script. Slow, and always there.',

  'backends.verdict.right': 'Right numbers',
  'backends.verdict.wrong-numbers': 'Wrong numbers: refused',
  'backends.verdict.unavailable': 'Not on this device',
  'backends.verdict.timed-out': 'No answer in time: refused',
  'backends.verdict.failed': 'Failed: refused',
  'backends.verdict.measuring': 'Measuring now',
  'backends.verdict.not-measured': 'Not measured yet',

  'backends.table': 'What was measured on this device',
  'backends.column.backend': 'Backend',
  'backends.column.images': 'Photos a second',
  'backends.column.steps': 'Training steps a second',
  'backends.column.open': 'Opens in',
  'backends.column.deviation': 'Deviation',
  'backends.no-value': '–',
  'backends.no-value-text': 'not measured',
  'backends.used.embedding': 'for photos',
  'backends.used.head': 'for training',
  'backends.used.both': 'for photos and training',

  'backends.details': 'Technical details',
  'backends.detail.device': 'Device',
  'backends.detail.forward': 'Largest deviation, forward',
  'backends.detail.gradient': 'Largest deviation, gradient',
  'backends.detail.message': 'Message',

  'backends.choose': 'Choose yourself',
  'backends.choose.embedding': 'Looking at photos',
  'backends.choose.head': 'Training',
  'backends.auto': 'Automatic (fastest that is right)',
  'backends.auto-now': 'Now {name}.',
  'backends.remembered': 'Remembered on this device.',
  'backends.override-refused': '{wanted} was refused on this device, so {used} is used instead.',

  'backends.measure': 'Measure now',
  'backends.measure-again': 'Measure again',
  'backends.measuring': 'Measuring {name}',
  'backends.measuring-cancel': 'Cancel measuring',
  'backends.measuring-count': '{done, number} of {total, number} backends',
  'backends.wait-backbone': 'Measuring waits until the backbone is loaded.',
  'backends.wait-training': 'Measuring waits until training is done.',
  'backends.measure-failed': 'Measuring did not finish. What was in use stays in use.',
  'backends.override-failed': 'That backend could not be opened. What was in use stays in use.',

  'backends.tampered-title': 'This browser changes the pixels of your photos',
  'backends.tampered-text':
    'Its protection against fingerprinting adds noise whenever a page reads a picture. The backbone then sees noise, and every prediction falls on the same class. Nothing here can undo that. Allow this page to read pictures, then reload:',
  'backends.tampered-brave':
    'Brave: press the lion in the address bar and turn off “Block fingerprinting” for this page.',
  'backends.tampered-firefox':
    'Firefox: press the picture icon in the address bar and allow “canvas data”, or turn off privacy.resistFingerprinting in about:config. In private windows, turn off the shield for this page.',
  'backends.tampered-after': 'Photos added before may be disturbed too: add them again afterwards.',
} as const;
