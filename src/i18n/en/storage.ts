/** English text of the storage panel. Keys start with `storage.`. */
export const storageMessages = {
  'storage.title': 'Storage',
  'storage.description': 'Everything is kept in this browser, on this device.',
  'storage.used': 'Used',
  'storage.used-value': '{used} of {quota}',
  'storage.free': '{free} free.',
  'storage.unknown': 'This browser does not say how much is used.',
  'storage.almost-full-text':
    'Nearly full. Remove photos you no longer need, or a downloaded backbone.',

  'storage.persistent': 'The browser keeps it until you remove it.',
  'storage.not-persistent':
    'The browser may clear it when the disk runs low, or after weeks without a visit.',
  'storage.ask': 'Ask the browser to keep it',
  'storage.ask-refused':
    'The browser did not promise it yet. It tends to agree once Headstart is installed or bookmarked, or after a few visits.',

  'storage.kept': 'What is kept',
  'storage.kept.photos': 'Photos',
  'storage.kept.photos-text': 'At most {side, number} px a side, without place and camera data.',
  'storage.kept.embeddings': 'Looked-at photos',
  'storage.kept.embeddings-text':
    'The backbone’s numbers for each photo, so nothing is computed twice.',
  'storage.kept.embeddings-value': '{done, number} of {total, number}',
  'storage.kept.runs': 'Runs',
  'storage.kept.runs-text': 'Settings, curves and the trained head of each.',
  'storage.kept.unknown': '…',
  'storage.kept.backbones': 'Downloaded backbones',
  'storage.kept.backbones-text': 'Remove them in the Backbone panel.',
  'storage.kept.backbones-value': '{n, plural, =0 {none} other {{n, number} ({size})}}',
  'storage.private':
    'Photos never leave this device. Headstart has no account, no server of its own and no tracking. Clearing this site’s data in the browser removes everything.',

  'storage.offline': 'Without a network',
  'storage.offline.ready': 'Ready: everything here works with the network unplugged.',
  'storage.offline.preparing':
    'Preparing: the app is being stored for offline use. Stay connected for a moment.',
  'storage.offline.insecure':
    'Not available at this address: browsers allow it on https:// and on localhost only. Photos and runs are kept all the same.',
  'storage.offline.no-support':
    'Not available here: this browser, or this private window, does not let pages work offline. Photos and runs are kept as long as the browser allows.',
  'storage.offline.failed':
    'Not available now: the app could not be stored for offline use. Reload the page while connected to try again.',
  'storage.version': 'Headstart {version}',

  'storage.damaged':
    '{n, plural, one {1 record} other {{n, number} records}} of this project could not be read and {n, plural, one {was} other {were}} left out. Everything else is here. Export the project to keep a copy.',
  'storage.full':
    'The browser’s storage is full, so this was not saved. Remove photos or a downloaded backbone, then try again.',
  'storage.run-not-saved':
    'This run could not be saved. It can be used until the page is closed. Free some space and train again to keep it.',
  'storage.nearly-full':
    'The browser’s storage is nearly full. Remove photos you no longer need before adding more.',
  'storage.edit-not-saved':
    'The last change could not be saved and may be gone after a reload. Free some space, then change it again.',
} as const;
