/** Under the answer of the try-out room: the switch, and what can be asked once it is on. */
import { addMessages } from '../../i18n/messages.ts';
import { explainMessages } from '../../i18n/en/explain.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';
import { EvidenceControls } from './evidence-controls.tsx';
import styles from './explain.module.css';
import { HidingCheck } from './hiding-check.tsx';
import { useShownLook } from './use-shown-look.ts';

addMessages(explainMessages);

export function TryControls() {
  const t = useTranslate();
  const isOn = useApp((state) => state.why.isOn);
  const setWhy = useApp((state) => state.setWhy);
  return (
    <div className={styles.panel}>
      <Switch
        isSelected={isOn}
        onChange={(next) => setWhy({ isOn: next })}
        description={isOn ? undefined : t('explain.switch-hint')}
      >
        {t('explain.switch')}
      </Switch>
      {isOn && <WhyOfTry />}
    </div>
  );
}

function WhyOfTry() {
  const t = useTranslate();
  const { closeLook } = useAppHandle().tools;
  const look = useShownLook();
  const classes = useApp((state) => state.prediction?.classes ?? null);
  const isCamera = useApp((state) => state.prediction?.source === 'camera');
  const isMirrored = useApp((state) => state.trySettings.isMirrored);
  if (look === null || classes === null) {
    return <p className={styles.note}>{t('explain.waiting')}</p>;
  }
  return (
    <>
      <EvidenceControls look={look} classes={classes} isMirrored={isCamera && isMirrored} />
      {isCamera ? (
        <p className={styles.note}>{t('explain.hide-camera')}</p>
      ) : (
        <HidingCheck
          look={look}
          classes={classes}
          onResult={(occlusion) => closeLook.show({ ...look, occlusion })}
        />
      )}
    </>
  );
}
