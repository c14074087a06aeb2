import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planImport } from './import-plan.ts';
import { openZip } from './zip-archive.ts';

const ODDITIES = new URL('../../../shared/oddities/zips/', import.meta.url);

describe.skipIf(!existsSync(ODDITIES))(
  'plans for the collection of odd zips (skipped without it)',
  () => {
    it.each([
      ['classes.zip', 'class-folders', 3, 18],
      ['classes_nested_root.zip', 'class-folders', 2, 12],
      ['flat_no_folders.zip', 'flat', 1, 4],
      ['nested.zip', 'class-folders', 1, 1],
      ['bomb_nested_ratio.zip', 'flat', 0, 0],
      ['empty.zip', 'flat', 0, 0],
    ])('%s: %s, %i classes, %i photos', async (name, layout, classes, photos) => {
      const file = new Blob([readFileSync(new URL(name, ODDITIES))]);
      const plan = planImport('pets', (await openZip(file)).members, null);
      expect(plan.layout).toBe(layout);
      expect(plan.classes).toHaveLength(classes);
      expect(plan.pictures).toHaveLength(photos);
    });
  },
);
