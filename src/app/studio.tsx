/** The frame: top bar, three zones side by side (or one below the other), panels and notices. */
import { useState } from 'react';
import { useApp } from '../state/use-app.tsx';
import type { CaptureActions } from '../features/capture/capture-actions.ts';
import { CaptureRoot } from '../features/capture/capture-root.tsx';
import { DatasetRoom } from '../features/dataset/dataset-room.tsx';
import { PreviewSlotsContext } from '../features/dataset/preview-slots.tsx';
import { StartRoom } from '../features/start/start-room.tsx';
import { PredictRoom, PREVIEW_SLOTS, TrainingRoom } from './later-rooms.tsx';
import { AfterFirst } from '../ui/primitives/after-first.tsx';
import { OpenPanel } from './open-panel.tsx';
import { OpenView } from './open-view.tsx';
import { DocumentFacts } from './shell/document-facts.tsx';
import { Notices } from './shell/notices.tsx';
import { StepBar, type Step } from './shell/step-bar.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { ViewTabs } from './shell/view-tabs.tsx';
import { StartFailed } from './start-failed.tsx';
import styles from './studio.module.css';

export function Studio() {
  return <CaptureRoot frame={Frame} />;
}

function Frame({ capture }: { capture: CaptureActions }) {
  const { status, error } = useApp((state) => state.boot);
  // A model can be opened into an empty project: its view is then the only thing there is.
  const isEmpty = useApp(
    (state) => state.classes.length === 0 && state.photos.size === 0 && state.view !== 'model',
  );
  const [step, setStep] = useState<Step>('data');
  const view = useApp((state) => state.view);
  const [viewBefore, setViewBefore] = useState(view);
  if (view !== viewBefore) {
    setViewBefore(view);
    // A model that was dropped opens there, and a phone shows one step at a time.
    if (view === 'model') setStep('training');
  }
  if (status === 'failed') {
    return (
      <>
        <DocumentFacts />
        <StartFailed detail={error ?? ''} />
      </>
    );
  }
  return (
    <div className={styles.studio}>
      <DocumentFacts />
      <TopBar />
      <Notices />
      <main className={styles.zones} data-step={step} data-empty={isEmpty}>
        {status === 'ready' && isEmpty && <StartRoom capture={capture} />}
        {status === 'ready' && !isEmpty && (
          <>
            <div className={styles.data}>
              <PreviewSlotsContext value={PREVIEW_SLOTS}>
                <DatasetRoom capture={capture} />
              </PreviewSlotsContext>
            </div>
            <div className={styles.views}>
              <ViewTabs />
            </div>
            {view === 'train' ? (
              <div className={styles.training}>
                <AfterFirst>
                  <TrainingRoom />
                </AfterFirst>
              </div>
            ) : (
              <div className={styles.view}>
                <OpenView view={view} />
              </div>
            )}
            {/* A phone has a step of its own for trying out, whatever the view. */}
            {(view === 'train' || step === 'predict') && (
              <div className={styles.predict}>
                <AfterFirst>
                  <PredictRoom />
                </AfterFirst>
              </div>
            )}
          </>
        )}
      </main>
      <OpenPanel />
      {!isEmpty && <StepBar step={step} onStep={setStep} />}
    </div>
  );
}
