import { describe, expect, it } from 'vitest';
import { reportFileName, reportHtml } from './report-html.ts';

describe('reportHtml', () => {
  const html = reportHtml({
    language: 'en',
    title: 'A & B <script>alert(1)</script>',
    sections: [
      {
        title: 'Data',
        paragraphs: ['Two "classes".'],
        tables: [{ title: 'Counts', head: ['Class', 'Photos'], rows: [['<b>ants</b>', '12']] }],
      },
    ],
  });

  it('is a whole page that loads nothing and runs nothing', () => {
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/<script|src=|href=|url\(|@import/i);
  });

  it('shows names as text', () => {
    expect(html).toContain('A &amp; B &lt;script&gt;');
    expect(html).toContain('<th scope="row">&lt;b&gt;ants&lt;/b&gt;</th><td>12</td>');
  });

  it('has a file name that every system takes', () => {
    expect(reportFileName('Bees / ants: 2?')).toBe('Bees-ants-2-report.html');
    expect(reportFileName('///')).toBe('model-report.html');
    expect(reportFileName('猫と犬')).toBe('猫と犬-report.html');
  });
});
