/** A person's own choice per workload; what was refused here cannot be chosen. */
import { useState } from 'react';
import { BACKEND_NAMES, type BackendName } from '../../domain/backend.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Select, type SelectOption } from '../../ui/primitives/select.tsx';
import styles from './backend-room.module.css';

const WORKLOADS = ['embedding', 'head'] as const;

export function BackendOverride() {
  const t = useTranslate();
  const { override, inUse, reports } = useApp((state) => state.backends);
  const choose = useApp((state) => state.overrideBackend);
  const [hasFailed, setFailed] = useState(false);
  const options = useBackendOptions();
  return (
    <section className={styles.override}>
      <h3 className={styles.heading}>{t('backends.choose')}</h3>
      <div className={styles.selects}>
        {WORKLOADS.map((workload) => (
          <Select
            key={workload}
            label={t(`backends.choose.${workload}`)}
            value={override[workload]}
            options={options}
            description={
              override[workload] === 'auto' && inUse !== null
                ? t('backends.auto-now', { name: t(`backends.name.${inUse[workload]}`) })
                : t('backends.remembered')
            }
            onChange={(value) => {
              setFailed(false);
              choose(workload, value).catch(() => setFailed(true));
            }}
          />
        ))}
      </div>
      {WORKLOADS.map((workload) => {
        const wanted = override[workload];
        if (inUse === null || wanted === 'auto' || wanted === inUse[workload]) return null;
        if (!reports.some((r) => r.backend === wanted && r.verdict !== 'right')) return null;
        return (
          <Notice key={workload} tone="warning">
            <p>
              {t('backends.override-refused', {
                wanted: t(`backends.name.${wanted}`),
                used: t(`backends.name.${inUse[workload]}`),
              })}
            </p>
          </Notice>
        );
      })}
      {hasFailed && (
        <Notice tone="error">
          <p role="alert">{t('backends.override-failed')}</p>
        </Notice>
      )}
    </section>
  );
}

function useBackendOptions(): readonly SelectOption<BackendName | 'auto'>[] {
  const t = useTranslate();
  const reports = useApp((state) => state.backends.reports);
  const named = BACKEND_NAMES.map((backend): SelectOption<BackendName> => {
    const verdict = reports.find((report) => report.backend === backend)?.verdict ?? 'not-measured';
    const isRefused = verdict !== 'right' && verdict !== 'not-measured';
    return {
      value: backend,
      label: t(`backends.name.${backend}`),
      description: t(isRefused ? `backends.verdict.${verdict}` : `backends.text.${backend}`),
      isDisabled: isRefused,
    };
  });
  return [{ value: 'auto', label: t('backends.auto') }, ...named];
}
