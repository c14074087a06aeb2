/** The switch that makes every change of a setting train again. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';

export function LiveRetrain() {
  const t = useTranslate();
  const isOn = useApp((state) => state.lab.liveRetrain);
  const setLiveRetrain = useApp((state) => state.setLiveRetrain);
  return (
    <Switch isSelected={isOn} description={t('lab.live-explain')} onChange={setLiveRetrain}>
      {t('lab.live')}
    </Switch>
  );
}
