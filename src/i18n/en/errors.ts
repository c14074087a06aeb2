/** English text for error codes. Keys: `errors.<code>`. */
export const errorsMessages = {
  'errors.unknown': 'Something unexpected happened. Your photos and settings are safe.',
  'errors.aborted': 'Cancelled.',
  'errors.backend-unavailable': 'This browser or machine does not have that backend.',
  'errors.backend-failed': 'That backend failed while computing.',
  'errors.device-lost': 'The graphics device was lost.',
  'errors.backbone-not-loaded': 'No backbone is loaded.',
  'errors.backbone-invalid': 'Its files do not fit together. Remove it and add it again.',
  'errors.backbone-wrong-numbers':
    'It computes other numbers than it should on this backend, so it is not used. Choose another backend or backbone.',
  'errors.data-not-loaded': 'The photos have to be loaded again.',
  'errors.bad-request': 'The request was not understood.',
  'errors.out-of-memory': 'There is not enough memory. Close other tabs and try again.',
  'errors.worker-died': 'The part that computes stopped working.',
  'errors.worker-timeout': 'The part that computes did not answer in time.',
  'errors.protocol-mismatch': 'A new version was installed. Reload the page.',
  'errors.internal': 'An unexpected error inside Headstart.',
  'errors.offline': 'No network. What is already here can still be used.',
  'errors.http': 'The server did not hand out the file.',
  'errors.checksum': 'The file arrived damaged and was thrown away. Try again.',
  'errors.too-large': 'The file is larger than it should be and was refused.',
  'errors.storage-full': 'There is not enough space left in the browser’s storage.',
} as const;
