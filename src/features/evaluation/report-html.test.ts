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
        figures: [
          {
            title: 'Loss',
            x: { label: 'Epoch', from: 1, to: 11, ticks: [{ at: 1, text: '1' }] },
            y: { label: 'Loss <nats>', from: 0, to: 2, ticks: [{ at: 2, text: '2' }] },
            curves: [
              {
                tone: 'training',
                label: 'Training',
                points: [
                  { x: 1, y: 2 },
                  { x: 11, y: 0 },
                ],
              },
              {
                tone: 'validation',
                label: 'Validation',
                points: [
                  { x: 1, y: 2 },
                  { x: 11, y: 0.1 },
                ],
              },
            ],
            mark: { at: 6, text: 'epoch 6' },
          },
        ],
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

  it('draws the curves from corner to corner, and their names apart', () => {
    expect(html).toContain('<svg role="img" aria-label="Loss"');
    expect(html).toContain('<path class="training" d="M44 26L388 182"/>');
    expect(html).toMatch(/<path class="validation dashed" d="M44 26L388 174.2"\/>/);
    expect(html).toContain('Loss &lt;nats&gt;');
    const heights = [
      ...html.matchAll(/<text class="(?:training|validation)" x="394" y="([\d.]+)"/g),
    ];
    const [first = 0, second = 0] = heights.map((match) => Number(match[1]));
    expect(Math.abs(first - second)).toBeGreaterThanOrEqual(13.9);
    expect(html).toContain('<path class="mark" d="M216 26L216 182"/>');
  });

  it('has a file name that every system takes', () => {
    expect(reportFileName('Bees / ants: 2?')).toBe('Bees-ants-2-report.html');
    expect(reportFileName('///')).toBe('model-report.html');
    expect(reportFileName('猫と犬')).toBe('猫と犬-report.html');
  });
});
