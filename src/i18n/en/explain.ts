/** English text of why the model answers as it does, and of the map. Keys start with `explain.`. Loaded with the parts that use it. */
export const explainMessages = {
  'explain.switch': 'Show why',
  'explain.switch-hint': 'Where in the picture the answer comes from.',
  'explain.class': 'Evidence for',
  'explain.class-answer': 'The answer ({name})',
  'explain.strength': 'Strength of the overlay',
  'explain.layer': 'What is shown',
  'explain.layer-evidence': 'Evidence',
  'explain.layer-hiding': 'Hiding',
  'explain.legend': 'Colours of the overlay',
  'explain.legend-contra': 'against {name}',
  'explain.legend-pro': 'for {name}',
  'explain.legend-hiding-contra': 'hiding it helps {name}',
  'explain.legend-hiding-pro': 'hiding it hurts {name}',
  'explain.legend-line': 'The line surrounds the strongest half.',
  'explain.legend-line-hiding': 'The line surrounds what was hidden together.',
  'explain.overlay-label': 'Evidence for {name}, {place}',
  'explain.overlay-label-none': 'No evidence for {name} in this picture',
  'explain.overlay-label-hiding': 'What matters to {name} when it is hidden, {place}',
  'explain.place-top-left': 'mostly at the top left',
  'explain.place-top': 'mostly at the top',
  'explain.place-top-right': 'mostly at the top right',
  'explain.place-left': 'mostly on the left',
  'explain.place-middle': 'around the middle',
  'explain.place-right': 'mostly on the right',
  'explain.place-bottom-left': 'mostly at the bottom left',
  'explain.place-bottom': 'mostly at the bottom',
  'explain.place-bottom-right': 'mostly at the bottom right',
  'explain.sentence': 'Evidence for {name}: {place}.',
  'explain.sentence-none': 'Nothing in this picture speaks for {name}.',
  'explain.sum':
    'Evidence {sum} and a starting value of {bias} make the score {logit}. The highest score of all classes is the answer.',
  'explain.how-title': 'How to read this',
  'explain.how-grid':
    'The backbone sees {rows} × {columns} places. Finer things than one place cannot be told apart here.',
  'explain.how-linear':
    'The score of a class is the sum of what these places contribute, compared with the average training photo. Nothing is left out.',
  'explain.how-hidden':
    'With a hidden layer, contributions are those at this very photo (gradient times activation). They still add up to the score.',
  'explain.how-limits':
    'Evidence is what the score is made of. Whether the model needs it shows only when it is hidden: try that below.',
  'explain.unsupported':
    'This backbone gives one summary of the whole picture and no places in it, so it cannot show where evidence lies. Hiding parts works with it all the same.',
  'explain.waiting': 'Try a photo, or start the camera.',

  'explain.hide-button': 'Hide parts and look again',
  'explain.hide-hint':
    'Covers each part of the picture in turn with its average colour, then all parts that matter together.',
  'explain.hide-progress': 'Hiding parts',
  'explain.hide-cancel': 'Cancel hiding parts',
  'explain.hide-failed': 'Hiding parts did not work this time. Try again.',
  'explain.hide-camera': 'Stop the camera or try a photo to hide parts of it.',
  'explain.hide-result': 'What hiding shows',
  'explain.hide-changes':
    'Hiding the marked area ({area} of the picture) changes the answer from {before} ({beforePercent}) to {after} ({afterPercent}).',
  'explain.hide-weakens':
    'Hiding the marked area ({area} of the picture) does not change the answer, but weakens it: {before}, {beforePercent} before and {leftPercent} after.',
  'explain.hide-stays':
    'Hiding the marked area ({area} of the picture) does not change the answer: {before}, {beforePercent} before and {leftPercent} after. The evidence is elsewhere too.',
  'explain.hide-nowhere':
    'No single part matters: whatever is hidden, the answer stays {before} ({beforePercent}). The evidence is spread over the picture.',

  'explain.photo-title': 'Why this answer',
  'explain.photo-loading': 'Looking at the photo',
  'explain.photo-failed': 'This photo could not be looked at: {reason}',
  'explain.photo-gone': 'its picture is no longer stored.',
  'explain.photo-other-backbone':
    'the model was trained with another backbone than the one loaded.',
  'explain.photo-engine': 'the worker did not answer. Try again.',
  'explain.photo-alt': '{file}, as the backbone sees it',
  'explain.photo-answer': 'The model says {name}, {percent}.',
  'explain.try-again': 'Try again',
} as const;
