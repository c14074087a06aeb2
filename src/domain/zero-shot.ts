/**
 * Answers without any training: the classes a backbone was pretrained on, matched to a project's
 * classes by their names. What it says of the matched ones is added up, and the largest sum answers.
 */

/**
 * Common words that name a whole family of ImageNet's 1,000 classes (ILSVRC 2012), whose members are
 * called otherwise: first and last class number of each stretch.
 */
const IMAGENET_FAMILIES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  fish: [
    [0, 6],
    [389, 397],
  ],
  bird: [
    [7, 24],
    [80, 100],
    [127, 146],
  ],
  frog: [[30, 32]],
  turtle: [[33, 37]],
  lizard: [[38, 48]],
  snake: [[52, 68]],
  spider: [[72, 77]],
  crab: [[118, 121]],
  dog: [[151, 268]],
  cat: [[281, 285]],
  bear: [[294, 297]],
  beetle: [[300, 307]],
  butterfly: [[321, 326]],
  monkey: [[369, 382]],
  mushroom: [[991, 997]],
};
const IMAGENET_SIZE = 1_000;

/**
 * For a list of labels (one for each class, synonyms separated by commas): what finds the class numbers
 * whose label fits a name, from the strictest reading that finds any: a synonym that is the name; a
 * family of that name; a synonym that ends with it ("wine bottle" is a bottle); a synonym with the word
 * in it. A name of several words that finds nothing is tried by its last word. Upper and lower case,
 * accents, singular and plural do not matter.
 */
export function classNameMatcher(labels: readonly string[]): (name: string) => readonly number[] {
  const all = labels.map((label) => label.split(',').map(wordsOf));
  return (name) => {
    const wanted = wordsOf(name);
    if (wanted.length === 0) return [];
    const found = search(wanted, all);
    if (found.length > 0 || wanted.length === 1) return found;
    return search(wanted.slice(-1), all);
  };
}

type Words = readonly string[];

function search(wanted: Words, labels: readonly (readonly Words[])[]): readonly number[] {
  const matching = (fits: (synonym: Words) => boolean): readonly number[] =>
    labels.flatMap((synonyms, index) => (synonyms.some(fits) ? [index] : []));
  const size = wanted.length;
  const isName = (words: Words): boolean =>
    words.length === size && words.every((word, i) => isSameWord(word, wanted[i] ?? ''));
  const exact = matching(isName);
  const family = familyOf(wanted, labels.length);
  if (exact.length > 0 || family.length > 0)
    return [...new Set([...exact, ...family])].sort(byNumber);
  const ending = matching((words) => isName(words.slice(-size)));
  if (ending.length > 0) return ending;
  return matching((words) => words.some((_, at) => isName(words.slice(at, at + size))));
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function familyOf(wanted: Words, classes: number): readonly number[] {
  const [word] = wanted;
  if (word === undefined || wanted.length > 1 || classes !== IMAGENET_SIZE) return [];
  const known = Object.keys(IMAGENET_FAMILIES).find((family) => isSameWord(family, word));
  return (IMAGENET_FAMILIES[known ?? ''] ?? []).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
}

function wordsOf(text: string): Words {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  // No form changes the beginning.
  if (a.charCodeAt(0) !== b.charCodeAt(0)) return false;
  const others = new Set(singulars(b));
  return singulars(a).some((word) => others.has(word));
}

/** The word, and what it may be the plural of. */
function singulars(word: string): readonly string[] {
  const forms = [word];
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return forms;
  forms.push(word.slice(0, -1));
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ves')) forms.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  return forms;
}

/**
 * @param sums [rows, groups], what the pretrained classes of each group say together
 * @param isMatched [groups], false for a group that has none: it is never answered
 * @returns [rows] group answered; −1 where no group is matched
 */
export function largestSums(sums: Float32Array, isMatched: readonly boolean[]): Int32Array {
  const groups = isMatched.length;
  return Int32Array.from({ length: sums.length / groups }, (_, row) => {
    let best = -1;
    for (let group = 0; group < groups; group++) {
      if (isMatched[group] !== true) continue;
      if (best < 0 || (sums[row * groups + group] ?? 0) > (sums[row * groups + best] ?? 0)) {
        best = group;
      }
    }
    return best;
  });
}
