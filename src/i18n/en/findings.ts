/** English text of what was found in the data. Keys start with `findings.`. Loaded with its room. */
export const findingsMessages = {
  'findings.title': 'Findings',
  'findings.count': '{n, plural, =0 {No findings} one {# finding} other {# findings}}',
  'findings.nothing': 'Nothing in these photos looks as if it could falsify the score.',
  'findings.dismiss': 'Dismiss: {what}',
  'findings.dismissed': '{n, plural, one {# finding} other {# findings}} dismissed.',
  'findings.restore': 'Show again',
  'findings.show': 'Show in the grids',
  'findings.evidence': 'Look at {file}',
  'findings.more': 'and {n, number} more',

  'findings.leak':
    '{n, plural, one {# group of near-duplicates stands} other {# groups of near-duplicates stand}} on both sides of the split, because photos are held there by hand. The model is then judged on what it has learned from.',
  'findings.leak-act': 'Put each group on one side',
  'findings.two-classes':
    '{n, plural, one {The same picture is in two classes} other {# pictures are in two classes each}}. The model is told two different things about {n, plural, one {it} other {each of them}}.',
  'findings.nearly-two-classes':
    '{n, plural, one {Nearly the same picture is} other {# times, nearly the same picture is}} in two classes. One of the labels may be wrong.',
  'findings.keep-as': 'All as {name}',
  'findings.keep-only': 'Keep only in {name}',
  'findings.few-photos':
    '“{name}” has {validation, plural, =0 {no validation photo} one {# validation photo} other {# validation photos}}: one photo more or less changes its score a lot. About {missing, plural, one {# more photo} other {# more photos}} would do.',
  'findings.one-group':
    'All photos of “{name}” show nearly the same, so none of them can judge honestly what was learned from the others. Add different ones.',
  'findings.one-group-recording':
    '“{name}” is a single recording, so none of it can judge honestly what was learned from the rest. Record it once more, in another place or light.',
  'findings.add': 'Add photos',
  'findings.record': 'Record',
  'findings.imbalance':
    '“{large}” has {largest, plural, one {# photo} other {# photos}}, “{small}” only {smallest, number}: guessing “{large}” pays off too often.',
  'findings.imbalance-act': 'Weigh classes alike in training',
  'findings.imbalance-on': 'Classes weigh alike in training.',
  'findings.same-background':
    '{alike, number} of {photos, plural, one {# photo} other {# photos}} of “{name}” have the same background, and the other classes do not. The model may learn the background instead.',
  'findings.same-background-swatch': 'Colour of the background',
  'findings.same-size':
    '{alike, number} of {photos, plural, one {# photo} other {# photos}} of “{name}” measure {width, number} × {height, number} px, and the other classes do not. The model may learn how they were taken instead.',
  'findings.exact-copies':
    '{surplus, plural, one {# photo is an exact copy of another} other {# photos are exact copies of others}} in its class. Copies stay on one side of the split, but weigh more than once.',
  'findings.near-copies':
    '{n, plural, one {# group of photos shows} other {# groups of photos show}} nearly the same. The split keeps each group on one side.',
  'findings.recordings':
    '{n, plural, one {The frames of # recording resemble each other} other {The frames of each of # recordings resemble each other}}. The split keeps a recording on one side.',
  'findings.doubt':
    '{n, plural, one {# of these groups looks} other {# of these groups look}} different to the backbone and may only be framed alike: nothing is deleted from {n, plural, one {it} other {them}}.',
  'findings.keep-one': 'Keep one of each (delete {n, number})',
  'findings.one-colour': '{n, plural, one {# photo is} other {# photos are}} of a single colour.',
  'findings.dark': '{n, plural, one {# photo is} other {# photos are}} very dark.',
  'findings.bright': '{n, plural, one {# photo is} other {# photos are}} nearly white.',
  'findings.blurred':
    '{n, plural, one {# photo is} other {# photos are}} blurred, compared with the rest.',
  'findings.tiny':
    '{n, plural, one {# photo has} other {# photos have}} so few pixels that the backbone sees mostly blur.',
  'findings.delete': 'Delete {n, plural, one {# photo} other {# photos}}',

  'findings.compare': 'What would the score have claimed?',
  'findings.compare-text':
    'Trains small heads on splits that keep groups together and on splits that do not. Nothing of your project changes.',
  'findings.comparing': 'Training on other splits',
  'findings.compare-cancel': 'Cancel the comparison',
  'findings.verdict':
    'Split without regard to these groups, your validation score would have claimed {leaky}; honestly it is {honest}.',
  'findings.verdict-same':
    'Split without regard to these groups, your validation score would have claimed {leaky}; with the groups together it is {honest}. Here they make no difference that can be told from chance.',
  'findings.verdict-basis':
    'Means of {splits, number} splits each, on {photos, plural, one {# photo} other {# photos}}, with the default settings.',
  'findings.compare-too-few': 'There are too few photos to split them again and again.',
  'findings.compare-failed': 'The comparison failed. Try it once more.',

  'findings.summary': 'About the data',
  'findings.summary-photos':
    '{photos, plural, one {# photo} other {# photos}}, {groups, plural, one {# really different picture} other {# really different pictures}}.',
  'findings.summary-balance': 'The smallest class has {percent} of the photos of the largest.',
  'findings.summary-sizes':
    '{minWidth, number} × {minHeight, number} to {maxWidth, number} × {maxHeight, number} px; the longest side is {median, number} px in the middle of the range.',
  'findings.summary-square': '{percent} of the photos are not square.',
  'findings.summary-class': 'Class',
  'findings.summary-all': 'All',
  'findings.summary-different': 'Different',
  'findings.summary-origins': 'Where they come from',
  'findings.summary-origin': '{n, plural, one {# photo} other {# photos}} from {origin}',
} as const;
