/**
 * What the backbone says by the classes it was pretrained on, as one more contender on the photos that
 * were judged. One matrix product on the embeddings that are there: the photos are not looked at again.
 */
import { makeContender } from '../../domain/contender.ts';
import type { Contender } from '../../domain/evaluation.ts';
import { isRecord } from '../../domain/is-record.ts';
import type { ClassId } from '../../domain/photo.ts';
import { classNameMatcher, largestSums } from '../../domain/zero-shot.ts';
import type {
  JudgedFolds,
  JudgedOn,
  JudgedSide,
  ZeroShotAbsence,
  ZeroShotMatching,
} from '../evaluation-state.ts';
import type { SliceTools } from '../slice-tools.ts';
import { evaluationKey } from './judging-rows.ts';
import { refuseReader } from './read-only.ts';

type Tools = Pick<SliceTools, 'get' | 'set' | 'services' | 'embedder'>;
type Judged = JudgedSide | JudgedFolds;

/** Beside the weights of a backbone that was not pretrained on ImageNet's 1,000: names, in order. */
const NAMES_FILE = 'classes.json';

/** The result with its contender, or with the reason why there is none. Rejects only when cancelled. */
export async function addZeroShot<Result extends Judged>(
  tools: Tools,
  result: Result,
  signal: AbortSignal,
): Promise<Result> {
  const answered = await ask(tools, result, signal).catch((): ZeroShotAbsence => 'failed');
  signal.throwIfAborted();
  const isAbsent = typeof answered === 'string';
  const contenders = withContender(result.evaluation.contenders, isAbsent ? null : answered);
  return {
    ...result,
    evaluation: { ...result.evaluation, contenders },
    zeroShotAbsence: isAbsent ? answered : null,
  };
}

/** Before the two that look at nothing. */
function withContender(
  contenders: readonly Contender[],
  own: Contender | null,
): readonly Contender[] {
  const others = contenders.filter(({ id }) => id !== 'zero-shot');
  if (own === null) return others;
  const at = others.findIndex(({ id }) => id === 'largest-class');
  return [...others.slice(0, at), own, ...others.slice(at)];
}

async function ask(
  tools: Tools,
  { evaluation, photoIds, classes }: Judged,
  signal: AbortSignal,
): Promise<Contender | ZeroShotAbsence> {
  const { get, services, embedder } = tools;
  const known = await readLabels(tools, signal);
  if (typeof known === 'string') return known;
  const names = new Map(get().classes.map(({ id, name }) => [id, name]));
  const match = classNameMatcher(known.labels);
  const matches = Object.fromEntries(
    classes.map(({ id, name }) => [id, known.chosen[id] ?? match(names.get(id) ?? name)]),
  );
  tools.set({ zeroShot: { ...known, matches } });
  const groups = classes.map(({ id }) => matches[id] ?? []);
  if (groups.every((members) => members.length === 0)) return 'no-match';
  const { photos } = get();
  const judged = evaluation.rows.flatMap(({ row }) => photos.get(photoIds[row] ?? '') ?? []);
  if (judged.length !== evaluation.rows.length) return 'failed';
  const embeddings = await embedder.read(judged);
  const sums = await services.engine.classify(
    { embeddings, count: judged.length, classes: known.labels.length, groups },
    signal,
  );
  const answers = largestSums(
    sums,
    groups.map((members) => members.length > 0),
  );
  const labels = evaluation.rows.map(({ truth }) => truth);
  return makeContender('zero-shot', [...answers], labels);
}

/** From the worker when the backbone is another one by now, with what the person chose for it. */
async function readLabels(
  { get, services }: Tools,
  signal: AbortSignal,
): Promise<ZeroShotMatching | ZeroShotAbsence> {
  const { backboneStatus, backbones, zeroShot } = get();
  const backboneId = backboneStatus.kind === 'ready' ? backboneStatus.backboneId : null;
  if (backboneId !== null && zeroShot.backboneId === backboneId) return zeroShot;
  const { outputs, names } = await services.engine.backboneClasses(signal);
  if (outputs === 0) return 'no-classifier';
  const card = backbones.find(({ id }) => id === backboneId);
  const isServed = card?.source.kind === 'built-in' || card?.source.kind === 'self-hosted';
  const labels = names ?? (isServed ? await fetchNames(services, card.source.modelUrl) : []);
  if (names === null && labels.length !== outputs) return 'unknown-classes';
  const stored = await services.storage.getSetting(keyOf(get().projectId, labels));
  return { backboneId, labels, matches: {}, chosen: chosenFrom(stored, labels.length) };
}

/** Empty when they are not there. */
async function fetchNames(
  { fetch, baseUrl }: Tools['services'],
  modelUrl: string,
): Promise<readonly string[]> {
  const response = await fetch(new URL(NAMES_FILE, new URL(modelUrl, baseUrl)));
  const list = response.ok ? ((await response.json()) as unknown) : null;
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).flatMap((entry) => {
    const name = isRecord(entry) ? entry['name'] : null;
    return typeof name === 'string' ? [name] : [];
  });
}

/** Class numbers mean something only in one list of classes; its length tells the lists apart. */
function keyOf(projectId: string, labels: readonly string[]): string {
  return `zero-shot:${projectId}:${String(labels.length)}`;
}

function chosenFrom(stored: unknown, count: number): ZeroShotMatching['chosen'] {
  if (typeof stored !== 'object' || stored === null) return {};
  const isLabel = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;
  return Object.fromEntries(
    Object.entries(stored).flatMap(([classId, list]: [string, unknown]) =>
      Array.isArray(list) ? [[classId, list.filter(isLabel)]] : [],
    ),
  );
}

const JOBS: readonly JudgedOn[] = ['validation', 'test', 'folds'];
/** Only the newest of several quick choices is worked out. */
const newest = new WeakMap<Tools['services'], AbortController>();

/** Remembers the choice and asks again about everything that was judged and still holds. */
export async function matchClass(
  tools: Tools,
  classId: ClassId,
  labels: readonly number[] | null,
): Promise<void> {
  const { get, set, services } = tools;
  if (refuseReader(get)) return;
  newest.get(services)?.abort();
  const abort = new AbortController();
  newest.set(services, abort);
  const { zeroShot, projectId } = get();
  const chosen = Object.fromEntries(
    Object.entries(zeroShot.chosen).filter(([id]) => id !== classId),
  );
  if (labels !== null) chosen[classId] = labels;
  // Seen at once: asking the backbone takes a moment, and the next tick goes on from this one.
  const matches = labels === null ? zeroShot.matches : { ...zeroShot.matches, [classId]: labels };
  set({ zeroShot: { ...zeroShot, chosen, matches } });
  await services.storage
    .putSetting(keyOf(projectId, zeroShot.labels), chosen)
    .catch(() => undefined);
  for (const job of JOBS) {
    const { result } = get().evaluation[job];
    if (result === null || result.key !== evaluationKey(get(), get().lab.ruleEpoch)) continue;
    const next = await addZeroShot(tools, result, abort.signal).catch(() => null);
    const { evaluation } = get();
    // Judged again, or matched again meanwhile.
    if (next === null || evaluation[job].result !== result) continue;
    set({ evaluation: { ...evaluation, [job]: { ...evaluation[job], result: next } } });
  }
}
