/** English text of the backbone panel. Keys start with `backbone.`. */
export const backboneMessages = {
  'backbone.title': 'Backbone',
  'backbone.description':
    'The ready-made network that turns each photo into numbers. Only the small head on top of it is trained here.',
  'backbone.reembed':
    'Another backbone sees photos differently: {n, plural, one {# photo is} other {all # photos are}} looked at again. Earlier runs keep working once their backbone is loaded back.',
  'backbone.group.self-hosted': 'On this server',
  'backbone.group.built-in': 'Built in',
  'backbone.group.file': 'From opened models',
  'backbone.group.download': 'To download',
  'backbone.group-text.download':
    'Fetched from the publisher only when you ask. Kept on this device afterwards. Your photos are not sent.',
  'backbone.none': 'No backbone was found. Reload the page while the server is reachable.',

  'backbone.summary.headstart-v2-050':
    'Small, quick and always here. Looks at 184 px, so very fine detail is lost.',
  'backbone.summary.mobilenet-v2-035-224':
    'The lightest v2. Looks at 224 px, about twice the work of the built-in one.',
  'backbone.summary.mobilenet-v2-050-224':
    'A step up in detail for little more size. A good second try.',
  'backbone.summary.mobilenet-v2-075-224':
    'Sees finer differences. Comfortable on a laptop, slow on an old phone.',
  'backbone.summary.mobilenet-v2-100-224':
    'The full v2: the finest eye here, and the one to try when classes look alike.',
  'backbone.summary.mobilenet-v1-025-224':
    'The lightest v1, with the shortest description of a photo. Quick, and coarse.',
  'backbone.summary.mobilenet-v1-050-224': 'An older design. Useful to compare with v2.',
  'backbone.summary.mobilenet-v1-075-224':
    'An older design, wider. More work than v2 for much the same eye.',
  'backbone.summary.mobilenet-v1-100-224':
    'The full v1: the most work of all. For comparison with what others have published.',
  'backbone.summary.self-hosted': 'Put here by whoever runs this server. Needs no other host.',

  'backbone.fact.size': 'Size',
  'backbone.fact.input': 'Looks at',
  'backbone.fact.input-value': '{side, number} px',
  'backbone.fact.width': 'Numbers a photo',
  'backbone.fact.work': 'Multiply-adds',
  'backbone.fact.work-value': '{millions} M',
  'backbone.origin.built-in': 'From {publisher}, built in. Licence: {licence}.',
  'backbone.origin.self-hosted': 'From {publisher}, on this server. Licence: {licence}.',
  'backbone.origin.download': 'From {publisher}, by download. Licence: {licence}.',
  'backbone.origin.file': 'Came with a model of {publisher}, kept on this device.',
  'backbone.summary.file': 'The network inside a model file that was opened here.',
  'backbone.origin.downloaded': 'From {publisher}, kept on this device. Licence: {licence}.',

  'backbone.tag.in-use': 'in use',
  'backbone.tag.offline': 'works offline',
  'backbone.tag.no-download': 'needs no download',
  'backbone.tag.after-use': 'works offline after first use',
  'backbone.tag.partial': 'partly downloaded',
  'backbone.tag.needs-network': 'needs a network once',

  'backbone.use': 'Use',
  'backbone.use-named': 'Use {name}',
  'backbone.download': 'Download {size}',
  'backbone.download-named': 'Download {size}: {name}',
  'backbone.continue': 'Continue download',
  'backbone.continue-named': 'Continue download: {name}',
  'backbone.remove': 'Remove',
  'backbone.remove-named': 'Remove {name}',
  'backbone.retry': 'Try again',
  'backbone.remove-title': 'Remove {name}?',
  'backbone.remove-text':
    'This frees {size}. Runs trained with it stay, and need it downloaded again to try photos.',
  'backbone.remove-partial-text': 'This throws away the part that was downloaded.',
  'backbone.remove-in-use': 'It is in use: the built-in backbone takes over.',
  'backbone.remove-confirm': 'Remove and free {size}',
  'backbone.remove-partial-confirm': 'Remove the part',
  'backbone.remove-failed': 'It could not be removed. Reload the page and try again.',

  'backbone.downloading': 'Downloading {name}',
  'backbone.verifying': 'Checking {name}',
  'backbone.bytes': '{received} of {total}',
  'backbone.cancel-download': 'Cancel download',
  'backbone.download-failed': 'The download stopped at {received}. {reason}',

  'backbone.status': 'Backbone in use',
  'backbone.loading': 'Loading {name}',
  'backbone.ready': 'Ready in {time}.',
  'backbone.ready-on': 'Ready in {time}, runs on {backend}.',
  'backbone.golden':
    'It computes the same as when it was made (it differs by {deviation} at most).',
  'backbone.as-loaded': 'It runs layer by layer as it came, which takes longer ({reason}).',
  'backbone.golden-none': 'No reference numbers came with it, so its numbers could not be checked.',
  'backbone.failed': '{name} could not be loaded. {reason}',
} as const;
