/** The Python export: photos in folders by side and class, and a Keras script with the run's settings. */
import { textFile } from '../../../formats/model/export-facts.ts';
import { describingFiles } from '../../../formats/model/golden-files.ts';
import { pythonReadme } from '../../../formats/model/texts/readme.ts';
import {
  createNameKeeper,
  pictureEnding,
  safeSegment,
  stemOf,
} from '../../../formats/safe-file-names.ts';
import type { SliceTools } from '../../slice-tools.ts';
import { pythonSettings, type Files } from './build-export.ts';
import type { ExportSource } from './export-source.ts';

/** Photos of the run, on the sides they were trained with; what was removed since is left out. */
export async function buildPythonExport(
  { get, services }: SliceTools,
  source: ExportSource,
  signal: AbortSignal,
): Promise<Files> {
  const { run, facts } = source;
  const { KERAS_TRAIN } = await import('../../../formats/model/texts/python-scripts.ts');
  const uniqueFolder = createNameKeeper();
  const folders = facts.pipeline.classes.map((name) => uniqueFolder(safeSegment(name, 'class')));
  const folderOf = new Map(run.classes.map((info, i) => [info.id, folders[i] ?? 'class']));
  const files: Files = new Map([
    ['README.md', textFile(pythonReadme(facts))],
    ['train.py', textFile(KERAS_TRAIN)],
    ['settings.json', pythonSettings(source, folders)],
    ...describingFiles(facts),
  ]);
  const sides = { train: run.trainIds, validation: run.validationIds };
  const { photos } = get();
  for (const [side, ids] of Object.entries(sides)) {
    const unique = createNameKeeper();
    for (const id of ids) {
      signal.throwIfAborted();
      const photo = photos.get(id);
      const folder = photo === undefined ? undefined : folderOf.get(photo.classId);
      const image = photo === undefined ? null : await services.storage.getImage(photo.imageHash);
      if (photo === undefined || folder === undefined || image === null) continue;
      const stem = `${folder}/${safeSegment(stemOf(photo.name), 'photo')}`;
      const name = unique(stem, pictureEnding(image.type));
      files.set(`data/${side}/${name}`, new Uint8Array(await image.arrayBuffer()));
    }
  }
  return files;
}
