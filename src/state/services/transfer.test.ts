import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Photo } from '../../domain/photo.ts';
import { parseSampleName } from '../../formats/teachable-machine.ts';
import { buildPhoto } from '../../testing/build-photo.ts';
import { buildHead, buildProject, buildRun } from '../../testing/build-project.ts';
import { createTestApp, type TestApp } from '../../testing/test-app.ts';
import { boot } from '../boot.ts';
import type { ExportKind, ExportTarget, IncomingFile } from '../store-types.ts';
import { hashOf } from './model-files.ts';

const opened: TestApp[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const app of opened.splice(0)) app.services.storage.close();
});

async function start(prepare?: (app: TestApp) => Promise<void>, name?: string): Promise<TestApp> {
  const app = await createTestApp(name);
  opened.push(app);
  await prepare?.(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

function memoryTarget() {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const log: string[] = [];
  const target: ExportTarget = {
    fileName: 'out.zip',
    write: (bytes) => (parts.push(bytes.slice()), Promise.resolve()),
    close: () => (log.push('close'), Promise.resolve()),
    abort: () => (log.push('abort'), Promise.resolve()),
  };
  const bytes = async (): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await new Blob(parts).arrayBuffer());
  return { target, log, bytes };
}

async function exported(app: TestApp, kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  const { target, log, bytes } = memoryTarget();
  await app.store.getState().exportTo(kind, target);
  expect(app.store.getState().exportResult).toMatchObject({ status: 'done' });
  expect(log).toEqual(['close']);
  return bytes();
}

const incoming = (name: string, bytes: Uint8Array): IncomingFile => ({
  file: new Blob([bytes.slice()]),
  name,
  folder: null,
});
const zipOf = (files: Zippable, name = 'pets.zip') => incoming(name, zipSync(files));
const PETS = {
  'pets/train/cats/1.jpg': strToU8('cat:1'),
  'pets/train/cats/2.jpg': strToU8('cat:2'),
  'pets/test/dogs/1.jpg': strToU8('dog:1'),
  'pets/readme.txt': strToU8('hello'),
};

/** Class, then contents, whatever the names. */
function contents(zip: Uint8Array): string[] {
  return Object.entries(unzipSync(zip))
    .map(([path, bytes]) => `${path.split('/')[0] ?? ''} ${new TextDecoder().decode(bytes)}`)
    .sort();
}

describe('pictures from archives', () => {
  it('shows what would come in, changes nothing until asked, and is undone in one step', async () => {
    const app = await start();
    const { openImport, confirmImport } = app.store.getState();
    await openImport([zipOf(PETS)]);
    const { importing, photos, openPanel } = app.store.getState();
    expect(openPanel).toBe('import');
    expect(photos.size).toBe(0);
    expect(importing).toMatchObject({
      status: 'ready',
      preview: {
        layout: 'class-folders',
        classes: [
          { name: 'cats', count: 2 },
          { name: 'dogs', count: 1 },
        ],
        skipped: [{ code: 'not-a-picture', count: 1, examples: ['pets/readme.txt'] }],
        notes: ['sides-merged'],
      },
    });
    expect(await confirmImport()).toBe('added');
    const after = app.store.getState();
    expect(after.intakeReport).toMatchObject({ added: 3, total: 3, refusals: [] });
    expect([...after.photos.values()].map((photo) => photo.origin.kind)).toEqual([
      'zip',
      'zip',
      'zip',
    ]);
    after.undo();
    expect(app.store.getState().photos.size).toBe(0);
    expect(app.store.getState().classes).toEqual([]);
  });

  it('leaves the project alone when an archive is bad, and names a damaged member', async () => {
    const app = await start();
    const zip = zipSync({ 'a/1.jpg': strToU8('a:1'), 'a/2.jpg': strToU8('a:2') }, { level: 0 });
    await app.store.getState().openImport([incoming('x.zip', zip.slice(0, 60))]);
    expect(app.store.getState().importing).toMatchObject({ status: 'refused', code: 'truncated' });
    await app.store.getState().openImport([zipOf({ 'a.txt': strToU8('x') })]);
    expect(app.store.getState().importing).toMatchObject({
      status: 'refused',
      code: 'no-pictures',
    });
    expect(await app.store.getState().confirmImport()).toBe('nothing');
    expect(app.store.getState().classes).toEqual([]);
    const at = zip.indexOf('2'.charCodeAt(0), zip.indexOf('a:1'.charCodeAt(2)));
    const hurt = zip.slice();
    hurt[30 + 'a/1.jpg'.length + 2] = 120;
    expect(at).toBeGreaterThan(0);
    await app.store.getState().openImport([incoming('x.zip', hurt)]);
    await app.store.getState().confirmImport();
    expect(app.store.getState().intakeReport).toMatchObject({
      added: 1,
      refusals: [{ fileName: '1.jpg', code: 'damaged' }],
    });
  });

  it('follows a table dropped beside the pictures', async () => {
    const app = await start();
    const files = [
      incoming('labels.csv', strToU8('file,label\n1.jpg,cats\n2.jpg,dogs\n')),
      incoming('1.jpg', strToU8('cat:1')),
      incoming('2.jpg', strToU8('dog:1')),
    ];
    await app.store.getState().openImport(files);
    await app.store.getState().confirmImport();
    expect(app.store.getState().classes.map((info) => info.name)).toEqual(['cats', 'dogs']);
  });
});

describe('data sets that leave', () => {
  it('come back the same, with safe names that differ', async () => {
    const app = await start();
    const files = {
      'aa:b/x.jpg': strToU8('cat:1'),
      'aa:b/sub/x.jpg': strToU8('dog:7'),
      'aa?b/x.jpg': strToU8('cat:3'),
    };
    await app.store.getState().openImport([zipOf(files)]);
    await app.store.getState().confirmImport();
    const zip = await exported(app, 'class-folders');
    expect(Object.keys(unzipSync(zip)).sort()).toEqual(['aa_b-2/x.jpg', 'aa_b/x.jpg', 'sub/x.jpg']);
    const again = await start();
    await again.store.getState().openImport([incoming('again.zip', zip)]);
    await again.store.getState().confirmImport();
    expect(contents(await exported(again, 'class-folders'))).toEqual(contents(zip));
    const sides = Object.keys(unzipSync(await exported(again, 'side-folders')));
    for (const path of sides) expect(path).toMatch(/^(train|validation|test)\/[^/]+\/x\.jpg$/);
  });

  it('make a Teachable Machine project that is read back class by class', async () => {
    vi.stubGlobal('ImageData', function ImageData() {
      return {};
    });
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }));
    const app = await start();
    await app.store.getState().openImport([zipOf(PETS)]);
    await app.store.getState().confirmImport();
    const zip = await exported(app, 'teachable-machine');
    const names = Object.keys(unzipSync(zip));
    expect(names).toEqual(['cats-!-0.jpg', 'cats-!-1.jpg', 'dogs-!-0.jpg', 'manifest.json']);
    expect(parseSampleName(names[2] ?? '')).toEqual({ label: 'dogs', index: 0 });
    const again = await start();
    await again.store.getState().openImport([incoming('p.tm', zip)]);
    expect(again.store.getState().importing).toMatchObject({
      preview: { layout: 'teachable-machine', photoCount: 3 },
    });
  });

  it('leave nothing behind when cancelled', async () => {
    const app = await start();
    await app.store.getState().openImport([zipOf(PETS)]);
    await app.store.getState().confirmImport();
    const { target, log } = memoryTarget();
    const done = app.store.getState().exportTo('class-folders', target);
    app.store.getState().cancelExport();
    await done;
    expect(log).toEqual(['abort']);
    expect(app.store.getState().exportResult).toEqual({ status: 'cancelled' });
    expect(app.store.getState().exporting).toBeNull();
  });
});

/** A project with three photos (two of one picture) and a run with awkward numbers. */
async function fillStorage({ services }: TestApp): Promise<void> {
  const { storage } = services;
  const project = buildProject('p1', { classes: buildProject('p1').classes });
  const photos = await Promise.all(
    ['one', 'two', 'two'].map(async (look, i) => {
      const image = Uint8Array.from([0xff, 0xd8, 0xff, ...strToU8(look)]);
      const photo: Photo = buildPhoto(`photo-${String(i)}`, {
        imageHash: await hashOf(image.buffer),
        classId: i === 2 ? 'class-b' : 'class-a',
        side: i === 1 ? 'validation' : 'train',
        pinned: i === 1,
        splitRank: 0.25,
        addedAt: 1_700_000_000_000 + i,
      });
      const blob = new Blob([image], { type: 'image/jpeg' });
      return { photo, image: blob, thumbnail: blob };
    }),
  );
  await storage.putProject(project);
  await storage.addPhotos('p1', photos);
  const metrics = buildRun('r1', 'p1').metrics.map((row) => ({ ...row, validationLoss: NaN }));
  await storage.putRun(buildRun('r1', 'p1', { head: buildHead(3, 2), metrics }));
}

async function snapshot({ services }: TestApp, id: string) {
  const photos = await services.storage.listPhotos(id);
  const images = await Promise.all(photos.map((p) => services.storage.getImage(p.imageHash)));
  const bytes = await Promise.all(
    images.map(async (image) => [...strToU8((await image?.text()) ?? '')]),
  );
  const project = await services.storage.getProject(id);
  return { project, photos, bytes, runs: await services.storage.listRuns(id) };
}

describe('project files', () => {
  it('make the same project again on another device', async () => {
    const app = await start(fillStorage);
    const zip = await exported(app, 'project');
    const before = await snapshot(app, 'p1');
    expect(before.photos).toHaveLength(3);
    const other = await start();
    await other.store.getState().openImport([incoming('p.headstart', zip)]);
    expect(other.store.getState().importing).toMatchObject({
      preview: { layout: 'project', photoCount: 3, runCount: 1 },
    });
    expect(await other.store.getState().confirmImport()).toBe('project-opened');
    expect(await snapshot(other, 'p1')).toEqual(before);
    // The next visit opens it.
    const visit = await start(undefined, other.databaseName);
    expect(visit.store.getState().projectId).toBe('p1');
    expect(visit.store.getState().photos.size).toBe(3);
    expect(await exported(visit, 'class-folders')).toEqual(await exported(app, 'class-folders'));
  });

  it('open beside the original, which stays as it was', async () => {
    const app = await start(fillStorage);
    const zip = await exported(app, 'project');
    const before = await snapshot(app, 'p1');
    await app.store.getState().openImport([incoming('p.headstart', zip)]);
    expect(await app.store.getState().confirmImport()).toBe('project-opened');
    const projects = await app.services.storage.listProjects();
    const copy = projects.find(({ id }) => id !== 'p1');
    expect(await snapshot(app, 'p1')).toEqual(before);
    const copied = await snapshot(app, copy?.id ?? '');
    expect(copied.photos).toEqual(before.photos);
    expect(copied.runs[0]?.head).toEqual(before.runs[0]?.head);
    expect(copied.runs[0]?.id).not.toBe('r1');
  });

  type Edit = (files: Record<string, Uint8Array>) => void;
  const change =
    (name: string, edit: (text: string) => string): Edit =>
    (files) => {
      files[name] = strToU8(edit(new TextDecoder().decode(files[name])));
    };
  const cases: readonly (readonly [string, Edit, string])[] = [
    ['from the future', change('headstart.json', (t) => t.replace('"version":1', '"version":9')), 'from-the-future'],
    ['of another program', change('headstart.json', () => '{"format":"x"}'), 'not-a-project'],
    ['that is no JSON', change('photos/0000.json', () => '[{'), 'edited'],
    ['with another count', change('headstart.json', (t) => t.replace('"photoCount":3', '"photoCount":2')), 'edited'],
    ['with an unknown class', change('photos/0000.json', (t) => t.replace('class-b', 'class-z')), 'edited'],
    ['with a made-up side', change('photos/0000.json', (t) => t.replace('validation', 'moon')), 'edited'],
    ['with a head of another shape', change('runs/0000.json', (t) => t.replace('"inputDim":3', '"inputDim":4')), 'edited'],
    ['with numbers that are missing', (files) => (files['runs/0000.f32'] = new Uint8Array(4)), 'edited'],
    ['without a picture', (files) => { for (const name of Object.keys(files)) if (name.startsWith('images/')) Reflect.deleteProperty(files, name); }, 'edited'],
    ['with another picture', (files) => { for (const name of Object.keys(files)) if (name.startsWith('images/')) files[name] = Uint8Array.from([255, 216, 255, 1]); }, 'edited'],
  ]; // prettier-ignore

  it('of the future, or edited by hand, are refused and change nothing', async () => {
    const source = await start(fillStorage);
    const zip = await exported(source, 'project');
    const app = await start();
    const ids = async () => (await app.services.storage.listProjects()).map(({ id }) => id);
    const before = await ids();
    for (const [name, edit, code] of cases) {
      const files = unzipSync(zip);
      edit(files);
      await app.store.getState().openImport([zipOf(files, 'p.headstart')]);
      await app.store.getState().confirmImport();
      expect(app.store.getState().importing, name).toMatchObject({ status: 'refused', code });
      expect(await app.services.storage.listPhotos('p1'), name).toEqual([]);
      expect(await app.services.storage.listRuns('p1'), name).toEqual([]);
    }
    expect(await ids()).toEqual(before);
  });
});

describe('a model instead of photos', () => {
  const MODEL = {
    'pets/model.json': strToU8('{}'),
    'pets/weights.bin': new Uint8Array(8),
    'pets/golden/1.png': strToU8('a:1'),
  };

  it('goes to the view that opens models, with a sentence', async () => {
    const app = await start();
    await app.store.getState().openImport([zipOf(MODEL, 'pets.zip')]);
    const { view, openPanel, importing, notices } = app.store.getState();
    expect([view, openPanel, importing.status]).toEqual(['model', null, 'none']);
    expect(notices).toMatchObject([
      { messageKey: 'shell.model-file', params: { name: 'pets.zip' } },
    ]);
    await vi.waitFor(() =>
      expect(app.store.getState().modelImport).toMatchObject({ status: 'refused' }),
    );
  });

  it('is spoken of as one when its files come together', async () => {
    const app = await start();
    const files = ['metadata.json', 'model.json', 'weights.bin'].map((name) => ({
      file: new Blob(['{}']),
      name,
      folder: null,
    }));
    await app.store.getState().openImport(files);
    expect(app.store.getState().notices).toMatchObject([
      { messageKey: 'shell.model-files', params: { n: 3 } },
    ]);
    expect(app.store.getState().view).toBe('model');
  });

  it('is none when a model.json lies deep among pictures', async () => {
    const app = await start();
    const hidden = Object.fromEntries(
      Object.entries(MODEL).map(([name, bytes]) => [`cats/notes/${name}`, bytes]),
    );
    await app.store.getState().openImport([zipOf({ ...PETS, ...hidden })]);
    expect(app.store.getState().importing.status).toBe('ready');
    expect(app.store.getState().view).toBe('train');
  });
});
