/** The report on screen: what is printed and downloaded is the very same text. */
import { Download, Printer } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { saveBlob } from '../../ui/save-blob.ts';
import styles from './evaluation-room.module.css';
import { JobBar } from './job-bar.tsx';
import { ReportDrawing } from './report-drawing.tsx';
import { reportFileName, reportHtml } from './report-html.ts';
import reportStyles from './report-tab.module.css';
import { useReport } from './use-report.ts';
import { useJudgingChoice } from './use-judged.ts';

export function ReportTab() {
  const t = useTranslate();
  const { on } = useJudgingChoice();
  const name = useApp((state) => state.projectName);
  const report = useReport();
  const html = useMemo(() => (report === null ? null : reportHtml(report)), [report]);
  return (
    <div className={styles.part}>
      <p className={styles.muted}>{t('evaluation.report-text')}</p>
      <JobBar job={on} label={t(`evaluation.start-${on}`)} />
      {report !== null && html !== null && (
        <>
          <div className={styles.row}>
            <Button
              icon={Download}
              onPress={() => {
                saveBlob(new Blob([html], { type: 'text/html' }), reportFileName(name));
              }}
            >
              {t('evaluation.report-download')}
            </Button>
            <Button
              icon={Printer}
              onPress={() => {
                print(html);
              }}
            >
              {t('evaluation.report-print')}
            </Button>
          </div>
          <article aria-label={t('evaluation.report')} className={reportStyles.page}>
            <h3 className={reportStyles.title}>{report.title}</h3>
            {report.sections.map((section) => (
              <section key={section.title}>
                <h4 className={styles.subtitle}>{section.title}</h4>
                {section.paragraphs.map((text) => (
                  <p key={text}>{text}</p>
                ))}
                {section.figures !== undefined && section.figures.length > 0 && (
                  <div className={reportStyles.figures}>
                    {section.figures.map((figure) => (
                      <ReportDrawing key={figure.title} figure={figure} />
                    ))}
                  </div>
                )}
                {section.tables.map((table) => (
                  <div key={table.title} className={styles.scroll}>
                    <table className={styles.table} aria-label={table.title}>
                      <thead>
                        <tr>
                          {table.head.map((cell) => (
                            <th key={cell} scope="col">
                              {cell}
                            </th>
                          ))}
                        </tr>
                      </thead>
                      <tbody>
                        {table.rows.map(([first, ...rest]) => (
                          <tr key={first}>
                            <th scope="row">{first}</th>
                            {rest.map((cell, i) => (
                              <td key={i}>{cell}</td>
                            ))}
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </div>
                ))}
              </section>
            ))}
          </article>
        </>
      )}
    </div>
  );
}

/** In a frame of its own, so that nothing but the report is on the page. */
function print(html: string): void {
  const frame = document.createElement('iframe');
  frame.style.display = 'none';
  frame.srcdoc = html;
  frame.addEventListener('load', () => {
    frame.contentWindow?.addEventListener('afterprint', () => {
      frame.remove();
    });
    frame.contentWindow?.print();
  });
  document.body.append(frame);
}
