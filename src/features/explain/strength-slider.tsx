/** How strongly the overlay covers the photo. */
import { Label } from 'react-aria-components/Label';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './explain.module.css';

export function StrengthSlider() {
  const t = useTranslate();
  const strength = useApp((state) => state.why.strength);
  const setWhy = useApp((state) => state.setWhy);
  return (
    <Slider
      value={strength}
      minValue={0}
      maxValue={1}
      step={0.05}
      formatOptions={{ style: 'percent' }}
      onChange={(value) => setWhy({ strength: value })}
      className={styles.slider ?? ''}
    >
      <Label className={styles.sliderLabel ?? ''}>{t('explain.strength')}</Label>
      <SliderTrack className={styles.track ?? ''}>
        <SliderThumb className={styles.thumb ?? ''} />
      </SliderTrack>
    </Slider>
  );
}
