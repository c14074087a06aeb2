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

  'explain.map-title': 'Map of all photos',
  'explain.map-intro':
    'Photos that the backbone finds alike lie near each other. A photo far from its own class is worth a look.',
  'explain.map-method': 'How the map is drawn',
  'explain.map-umap': 'Neighbours (UMAP)',
  'explain.map-pca': 'Directions (PCA)',
  'explain.map-umap-hint':
    'Near means alike. Distances between far groups, and the axes, mean nothing.',
  'explain.map-pca-hint':
    'The two directions in which the photos differ most. They show {share} of all differences.',
  'explain.map-look': 'Photos as',
  'explain.map-points': 'Points',
  'explain.map-thumbnails': 'Pictures',
  'explain.map-tool': 'Dragging',
  'explain.map-tool-move': 'Moves the map',
  'explain.map-tool-select': 'Draws a lasso',
  'explain.map-progress': 'Drawing the map',
  'explain.map-cancel': 'Cancel drawing the map',
  'explain.map-draw': 'Draw the map',
  'explain.map-draw-again': 'Draw again with all photos',
  'explain.map-placed':
    '{n, plural, one {# photo came} other {# photos came}} after the map was drawn and {n, plural, one {was} other {were}} placed on it.',
  'explain.map-cancelled': 'The map was not drawn.',
  'explain.map-failed': 'The map could not be drawn this time.',
  'explain.map-none': 'No photo is embedded yet: the map needs that.',
  'explain.map-unembedded':
    '{n, plural, one {# photo is} other {# photos are}} not on the map: not embedded yet.',
  'explain.map-canvas':
    'Map of {n, plural, one {# photo} other {# photos}}. Arrow keys go from photo to photo, space selects, plus and minus zoom.',
  'explain.map-drawing': 'Photos on the map: {n, number}',
  'explain.map-zoom-in': 'Zoom in',
  'explain.map-zoom-out': 'Zoom out',
  'explain.map-fit': 'Show the whole map',
  'explain.map-focus': 'Photo on the map',
  'explain.map-photo': '{file}: {className}, {side}',
  'explain.map-photo-right': '{file}: {className}, {side}, answered right',
  'explain.map-photo-wrong': '{file}: {className}, {side}, answered {answer}',
  'explain.map-side-train': 'training',
  'explain.map-side-validation': 'validation',
  'explain.map-side-test': 'test',
  'explain.map-legend': 'Signs on the map',
  'explain.map-legend-train': 'training',
  'explain.map-legend-validation': 'validation',
  'explain.map-legend-test': 'test',
  'explain.map-legend-wrong': 'answered wrong',
  'explain.map-selection': 'Photos selected on the map',
  'explain.map-selected': '{n, plural, one {# photo} other {# photos}} selected',
  'explain.map-move': 'Move to',
  'explain.map-to-train': 'To training',
  'explain.map-to-validation': 'To validation',
  'explain.map-delete': 'Delete',
  'explain.map-clear': 'Clear selection',
  'explain.map-undo': 'Undo the last change',
  'explain.map-neighbours': 'Most alike to {file}',
  'explain.map-table': 'Show as a table',
  'explain.map-table-photo': 'Photo',
  'explain.map-table-class': 'Class',
  'explain.map-table-side': 'Side',
  'explain.map-table-answer': 'Answer',
  'explain.map-table-go': 'Show {file} on the map',
  'explain.map-table-more': 'Show {n, number} more',

  'explain.background-title': 'Things or background?',
  'explain.background-intro':
    'Looks where the evidence for the answer lies in each photo that the model did not learn from: on the thing, or around it.',
  'explain.background-start': 'Check the background',
  'explain.background-progress': 'Checking the background',
  'explain.background-cancel': 'Cancel checking the background',
  'explain.background-result': 'What the background check found',
  'explain.background-sentence':
    'In {n, plural, one {# photo} other {# photos}}, {evidence} of the evidence lies outside the area taken for the thing. That area’s surroundings fill {area} of the photo.',
  'explain.background-more':
    'That is more than evidence spread evenly would give: look at the photos below. A model that reads the background fails where the background is another one.',
  'explain.background-less':
    'That is no more than evidence spread evenly would give: nothing here says that the background decides.',
  'explain.background-method':
    'What differs in colour from the edge of the photo is taken for the thing; in {middle, number} of {n, number} photos nothing did, and the middle was taken. That is a guess: the pictures below are better judges.',
  'explain.background-none': 'No photo holds evidence for its answer.',
  'explain.background-worst': 'Most evidence outside',
  'explain.background-photo': '{file}, answered {answer}: {share} of the evidence outside',
  'explain.background-failed': 'The check did not work this time. Try again.',
  'explain.background-other-backbone':
    'The model was trained with another backbone than the one loaded.',
  'explain.background-no-photos': 'None of the photos of this run is left.',
} as const;
