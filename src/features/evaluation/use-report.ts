/**
 * What the report says, in the form of a model card (Mitchell et al., "Model cards for model
 * reporting", FAT* 2019). Every number comes from what the other parts of the room show, through the
 * same functions; what was not measured is not in it.
 */
import { useMemo } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { Photo } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import { countSides } from '../../state/selectors/photos-by-class.ts';
import { useApp } from '../../state/use-app.tsx';
import { comparisonText, shortVerdict } from './contenders.tsx';
import { effectOf } from './abstention-dial.tsx';
import { headlineText, numberText, shareText } from './figures.ts';
import { useWarnings } from './headline.tsx';
import { useLearningSentences } from './more-photos-tab.tsx';
import { curveSection } from './report-curves.ts';
import type { Report, ReportSection } from './report-html.ts';
import { settingRows } from './report-settings.ts';
import { useIsStale, useJudged, useJudgingChoice, type Judged } from './use-judged.ts';

/** Null until something was judged, and while that is out of date. */
export function useReport(): Report | null {
  const judged = useJudged();
  const t = useTranslate();
  const formats = useFormats();
  const { on } = useJudgingChoice();
  const isStale = useIsStale(on);
  const run = useApp((state) => state.currentRun);
  const projectName = useApp((state) => state.projectName);
  const photos = useApp((state) => state.photos);
  const classes = useApp((state) => state.classes);
  const split = useApp((state) => state.split);
  const epoch = useApp((state) => state.lab.ruleEpoch);
  const backbones = useApp((state) => state.backbones);
  const abstention = useApp((state) => state.abstention);
  const learning = useApp((state) => state.evaluation.learning.result);
  const warnings = useWarnings(judged);
  const learningSentences = useLearningSentences(learning);
  return useMemo(() => {
    if (judged === null || run === null || isStale || judged.runId !== run.id) return null;
    const backbone = backbones.find((card) => card.id === run.backboneId)?.name ?? run.backboneId;
    const floor = abstention.confidenceFloor ?? abstention.suggested?.confidenceFloor ?? 0;
    return {
      language: document.documentElement.lang || 'en',
      title: t('evaluation.report-title', { name: projectName }),
      sections: [
        modelSection(t, formats, run, backbone, epoch ?? run.bestEpoch),
        dataSection(
          t,
          formats,
          [...photos.values()],
          classes,
          split.validationShare,
          split.testShare,
        ),
        performanceSection(t, formats, judged),
        matrixSection(t, formats, judged),
        baselineSection(t, formats, judged),
        curveSection(t, formats, run.metrics, epoch ?? run.bestEpoch),
        certaintySection(t, formats, judged, abstention.isOn ? floor : null),
        mistakesSection(t, formats, judged, photos),
        {
          title: t('evaluation.report-limits'),
          paragraphs: [...warnings, ...learningSentences, t('evaluation.report-limits-text')],
          tables: [],
        },
      ],
    };
  }, [
    judged,
    run,
    isStale,
    backbones,
    abstention,
    t,
    projectName,
    formats,
    epoch,
    photos,
    classes,
    split,
    warnings,
    learningSentences,
  ]);
}

function modelSection(
  t: Translate,
  formats: Formats,
  run: Run,
  backbone: string,
  epoch: number,
): ReportSection {
  return {
    title: t('evaluation.report-model'),
    paragraphs: [
      t('evaluation.report-model-text', {
        run: run.name,
        backbone,
        epoch,
        epochs: run.metrics.length,
        classes: run.classes.map(({ name }) => name).join(', '),
      }),
      settingsText(t, formats, run.hyperparameters),
    ],
    tables: [],
  };
}

/** In a sentence: as a table, most of the page would be settings. */
function settingsText(t: Translate, formats: Formats, settings: Hyperparameters): string {
  const list = settingRows(t, formats, settings).map(([name, value]) => `${name} ${value}`);
  return t('evaluation.report-settings', { list: list.join(' · ') });
}

function dataSection(
  t: Translate,
  formats: Formats,
  photos: readonly Photo[],
  classes: readonly { readonly id: string; readonly name: string }[],
  validationShare: number,
  testShare: number,
): ReportSection {
  const rowOf = (name: string, own: typeof photos): readonly string[] => {
    const sides = countSides(own);
    return [name, ...[sides.training, sides.validation, sides.test].map((n) => formats.number(n))];
  };
  return {
    title: t('evaluation.report-data'),
    paragraphs: [
      t('evaluation.report-data-text', {
        count: photos.length,
        validation: formats.percent(validationShare),
        test: formats.percent(testShare),
      }),
    ],
    tables: [
      {
        title: t('evaluation.report-counts'),
        head: [
          t('evaluation.class'),
          t('evaluation.report-training'),
          t('evaluation.report-validation'),
          t('evaluation.report-test'),
        ],
        rows: classes.map(({ id, name }) =>
          rowOf(
            name,
            photos.filter((photo) => photo.classId === id),
          ),
        ),
      },
    ],
  };
}

function performanceSection(t: Translate, formats: Formats, judged: Judged): ReportSection {
  const { scorecard } = judged.evaluation;
  return {
    title: t('evaluation.report-performance'),
    paragraphs: [
      headlineText(t, formats, scorecard.accuracy, scorecard.photos),
      `${t('evaluation.hits', { hits: scorecard.hits, count: scorecard.photos })} ${t(`evaluation.judged-${judged.on}`)}`,
    ],
    tables: [
      {
        title: t('evaluation.overall'),
        head: [t('evaluation.figure'), t('evaluation.value-with-interval')],
        rows: [
          [t('evaluation.accuracy'), shareText(t, formats, scorecard.accuracy)],
          [t('evaluation.macro-recall'), shareText(t, formats, scorecard.macroRecall)],
          [t('evaluation.macro-precision'), shareText(t, formats, scorecard.macroPrecision)],
          [t('evaluation.macro-f1'), shareText(t, formats, scorecard.macroF1)],
          [t('evaluation.log-loss'), numberText(t, formats, scorecard.logLoss)],
        ],
      },
      {
        title: t('evaluation.by-class'),
        head: [
          t('evaluation.class'),
          t('evaluation.support'),
          t('evaluation.recall'),
          t('evaluation.precision'),
          t('evaluation.f1'),
        ],
        rows: scorecard.classes.map((card, index) => [
          judged.classes[index]?.name ?? '',
          formats.number(card.support),
          shareText(t, formats, card.recall),
          shareText(t, formats, card.precision),
          shareText(t, formats, card.f1),
        ]),
      },
    ],
  };
}

function matrixSection(t: Translate, formats: Formats, judged: Judged): ReportSection {
  const { matrix } = judged.evaluation.scorecard;
  const { classes } = judged;
  return {
    title: t('lab.matrix'),
    paragraphs: [],
    tables: [
      {
        title: t('lab.matrix-caption'),
        head: ['', ...classes.map(({ name }) => name)],
        rows: classes.map(({ name }, truth) => [
          name,
          ...classes.map((_, answer) =>
            formats.number(matrix[truth * classes.length + answer] ?? 0),
          ),
        ]),
      },
    ],
  };
}

function baselineSection(t: Translate, formats: Formats, judged: Judged): ReportSection {
  return {
    title: t('evaluation.contenders'),
    paragraphs: [comparisonText(t, formats, judged, 'model', 'neighbours')],
    tables: [
      {
        title: t('evaluation.contenders'),
        head: [t('evaluation.who'), t('evaluation.accuracy'), t('evaluation.against-model')],
        rows: judged.evaluation.contenders.map((each) => [
          t(`evaluation.by-${each.id}`),
          shareText(t, formats, each.accuracy),
          each.id === 'model' ? '' : shortVerdict(t, judged, each),
        ]),
      },
    ],
  };
}

function certaintySection(
  t: Translate,
  formats: Formats,
  judged: Judged,
  floor: number | null,
): ReportSection {
  const { calibration } = judged.evaluation;
  const paragraphs = [
    t('evaluation.report-ece', {
      before: numberText(t, formats, calibration.before.error),
      after: numberText(t, formats, calibration.after.error),
      temperature: formats.number(calibration.temperature, 2),
    }),
  ];
  if (floor !== null) {
    const { answered, accuracy } = effectOf(judged, floor, null);
    paragraphs.push(
      t('evaluation.report-abstain', {
        floor: formats.percent(floor),
        answered,
        count: judged.evaluation.rows.length,
        accuracy: accuracy === null ? '–' : formats.percent(accuracy),
      }),
    );
  }
  return { title: t('evaluation.tab-certainty'), paragraphs, tables: [] };
}

const MOST_MISTAKES = 10;

function mistakesSection(
  t: Translate,
  formats: Formats,
  judged: Judged,
  photos: ReadonlyMap<string, { readonly name: string }>,
): ReportSection {
  const mistakes = judged.evaluation.rows
    .filter(({ truth, answer }) => truth !== answer)
    .sort((a, b) => b.confidence - a.confidence);
  return {
    title: t('evaluation.show-mistakes'),
    paragraphs: [t('evaluation.gallery-mistakes', { n: mistakes.length })],
    tables:
      mistakes.length === 0
        ? []
        : [
            {
              title: t('evaluation.show-mistakes'),
              head: [
                t('evaluation.report-photo'),
                t('evaluation.report-label'),
                t('evaluation.report-answer'),
              ],
              rows: mistakes
                .slice(0, MOST_MISTAKES)
                .map((row) => [
                  photos.get(judged.photoIds[row.row] ?? '')?.name ?? '',
                  judged.classes[row.truth]?.name ?? '',
                  `${judged.classes[row.answer]?.name ?? ''}, ${formats.probability(row.confidence)}`,
                ]),
            },
          ],
  };
}
