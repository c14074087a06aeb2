/** Why a set-up that came as a link cannot be used, value by value. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { dismissSetup } from '../../state/services/setup-link.ts';
import type { RefusedSetup } from '../../state/setup-state.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { fieldName } from './setup-fields.ts';
import styles from './setup-room.module.css';

export function SetupRefused({ refused }: { refused: RefusedSetup }) {
  const t = useTranslate();
  const app = useAppHandle();
  return (
    <>
      <div role="alert">
        <Notice tone="error">
          <div className={styles.section}>
            <p>
              <strong>{t('setup.refused')}</strong>
            </p>
            <p>{t(`setup.refused.${refused.code}`)}</p>
            {refused.problems.length > 0 && (
              <ul className={styles.problems}>
                {refused.problems.map(({ field, value }) => (
                  <li key={field}>{t('setup.problem', { field: fieldName(t, field), value })}</li>
                ))}
              </ul>
            )}
            <p>{t('setup.nothing-changed')}</p>
          </div>
        </Notice>
      </div>
      <div className={styles.actions}>
        <Button
          onPress={() => {
            dismissSetup(app);
          }}
        >
          {t('common.close')}
        </Button>
      </div>
    </>
  );
}
