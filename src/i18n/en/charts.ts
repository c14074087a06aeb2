/** English text of the charts. Keys start with `charts.`. */
export const chartsMessages = {
  'charts.training': 'Training',
  'charts.validation': 'Validation',
  'charts.previousRun': 'Before',
  'charts.aboveChart': '{name} ↑',
  'charts.epoch': 'Epoch',
  'charts.epochN': 'Epoch {epoch, number}',
  'charts.loss': 'Loss',
  'charts.accuracy': 'Accuracy',
  'charts.best': 'best {epoch, number}',
  'charts.stopped': 'Stop {epoch, number}',
  'charts.stoppedAt': 'Early stopping at epoch {epoch, number}.',
  'charts.stopHandle': 'Stopping epoch, {title}',
  'charts.logScale': 'log scale',
  'charts.empty': 'Curves appear here once training starts.',
  'charts.summary':
    '{title}, {epochs, plural, one {# epoch} other {# epochs}}. {training, select, none {} other {Training {training}. }}{validation, select, none {No validation photos.} other {Validation {validation}.}}',
  'charts.summaryBest': 'Best epoch {epoch, number}.',
  'charts.keyboardHint':
    'Arrow keys read the curve epoch by epoch, Page Up and Page Down ten at a time, Home and End jump to the ends.',
  'charts.cursorValues':
    'Epoch {epoch, number}: training {training}{validation, select, none {} other {, validation {validation}}}.',
  'charts.cursorBest': 'Best epoch.',
  'charts.cursorStopped': 'Early stopping.',
  'charts.showTable': 'Show as table',
  'charts.tableCaption': '{title} by epoch',
  'charts.tableThinned': '{shown, number} of {total, number} epochs are listed.',
  'charts.remark': 'Remark',
  'charts.none': 'none',
} as const;
