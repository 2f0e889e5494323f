import { type Block, type Cell, cell, text } from '../../html/blocks.ts';
import { drawBlocks } from '../../html/draw-blocks.ts';
import { type Markup, markup } from '../../html/markup.ts';
import type { Measured } from '../../posture/metric.ts';
import type { CheckWeeks, Series } from '../../posture/runs/history.ts';
import type { PostureRun } from '../../posture/runs/run.ts';
import { metricLine, weeksMap } from './charts.ts';
import { saidOf, termOf } from './figures.ts';

/** What was before a run, of which its page draws. */
export interface PostureHistory {
  readonly series: readonly Series[];
  readonly weeks: readonly string[];
  readonly checks: readonly CheckWeeks[];
}

/** The numbers of a run with how each comes about, and how they were over the year. */
export function numbersSection({ metrics, at }: PostureRun, history: PostureHistory | undefined): Markup {
  if (metrics.length === 0 && history === undefined) return markup``;
  const drawn = (history?.series ?? []).filter(({ points }) => points.length > 0);
  const until = at.slice(0, 10);
  return markup`<section class="step" id="numbers" aria-labelledby="numbers-title"><header><h2 id="numbers-title">The numbers</h2></header>
${drawBlocks([
  ...(metrics.length === 0 ? [] : [numbersTable(metrics, history)]),
  ...metrics.flatMap(gapsOf),
  ...drawn.map((series) => lineOf(series, until)),
])}
</section>
${history === undefined ? '' : weeksSection(history)}`;
}

function numbersTable(metrics: readonly Measured[], history: PostureHistory | undefined): Block {
  return {
    kind: 'table',
    caption: 'Every number of this run, how it comes about, and how it was before',
    columns: ['What is measured', 'Now', 'How it comes about', 'Before'].map((title) => ({ title })),
    rows: metrics.map((each): readonly Cell[] => {
      const before = history?.series.find(({ metric }) => metric === each.metric)?.before;
      return [
        cell(each.title),
        cell(saidOf(each)),
        [text([each.arithmetic]), text([termsOf(each)], 'meta')],
        cell(before === undefined ? 'this is the first' : `${saidOf({ ...before, unit: each.unit })} on ${before.day}`),
      ];
    }),
  };
}

function termsOf({ terms }: Measured): string {
  return Object.entries(terms)
    .map(([name, value]) => termOf(name, value))
    .join(' · ');
}

function gapsOf({ title, gaps }: Measured): Block[] {
  if (gaps.length === 0) return [];
  return [
    { kind: 'heading', text: `${title}: what nobody can say` },
    {
      kind: 'list',
      lines: gaps.map(({ reason, source, detail, missingPermission }) => [
        { strong: reason },
        ` ${source}: ${detail}`,
        ...(missingPermission === undefined ? [] : [' Missing: ', { code: missingPermission }]),
      ]),
    },
  ];
}

function lineOf(series: Series, until: string): Block {
  return {
    kind: 'drawing',
    title: series.title,
    drawing: metricLine(series, until),
    data: {
      kind: 'table',
      caption: `${series.title}, by day`,
      columns: ['Day', 'Number', 'Run'].map((title) => ({ title })),
      rows: series.points.map((point) => [
        cell(point.day),
        cell(saidOf({ ...point, unit: series.unit })),
        cell(point.runId),
      ]),
    },
  };
}

function weeksSection({ weeks, checks }: PostureHistory): Markup {
  const block: Block = {
    kind: 'drawing',
    title: 'The worst status of each point and week',
    legend: [
      { mark: 'status-pass', text: 'holds' },
      { mark: 'status-fail', text: 'fails (×)' },
      { mark: 'status-unknown', text: 'nobody can say' },
      { mark: 'blind', text: 'does not apply' },
    ],
    drawing: weeksMap(weeks, checks),
    data: {
      kind: 'table',
      caption: 'The worst status of each point and week',
      columns: ['Point', 'Weeks'].map((title) => ({ title })),
      rows: checks.map(({ point, title, weeks: seen }) => [
        cell(`${point}. ${title}`),
        cell(seen.map(({ week, status }) => `${week} ${status}`).join(', ') || 'never judged'),
      ]),
    },
  };
  return markup`<section class="step" id="weeks" aria-labelledby="weeks-title"><header><h2 id="weeks-title">The year</h2></header>
${drawBlocks([block])}
</section>
`;
}
