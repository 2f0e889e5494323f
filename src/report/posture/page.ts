import { instant } from '../../cases/words/wording.ts';
import { type Block, type Cell, cell, text } from '../../html/blocks.ts';
import { drawBlocks } from '../../html/draw-blocks.ts';
import { code, type Markup, markup, trusted } from '../../html/markup.ts';
import { chip, time } from '../../html/parts.ts';
import type { Assessed, Failure, PostureRun } from '../../posture/runs/run.ts';
import { pageHead } from '../html/head.ts';
import { PAPER } from '../html/paper.ts';
import { STYLES } from '../html/styles.ts';
import { numbersSection, type PostureHistory } from './numbers.ts';
import { CHANGE_WORDS, headlineOf, STATUS_LABELS } from './wording.ts';

/**
 * A run as a page for an auditor: each point with what it rests on, the numbers, and what was before. The same gives the
 * same bytes.
 */
export function renderPosture(run: PostureRun, history?: PostureHistory): string {
  const { runId, at, before, checks } = run;
  const page = markup`${pageHead(`${headlineOf(run)} Posture of ${instant(at)}`, markup`${trusted(STYLES)}${trusted(PAPER)}`)}
<body>
<header class="masthead"><span class="product">mcp-offboarding</span><span>Run ${code(runId)}</span><span>Read ${time(at)}</span></header>
<main>
<section class="hero plain ${toneOf(run)}" aria-labelledby="what"><div class="what">
<h1 id="what"><span class="eyebrow">The checklist, assessed</span> ${headlineOf(run)}</h1>
<p class="headline">${before === undefined ? 'This is the first run: it says how it was before.' : markup`Compared with the run ${code(before)}.`}</p>
</div></section>
<section class="step" id="points" aria-labelledby="points-title"><header><h2 id="points-title">The points</h2></header>
${drawBlocks([pointsTable(checks)])}
</section>
${numbersSection(run, history)}
${checks.map(checkSection)}
</main>
<footer><p>Run ${code(runId)} · filed ${time(run.finishedAt)} · schema ${run.schemaVersion} · times are UTC</p></footer>
</body>
</html>
`;
  return String(page);
}

function toneOf({ checks }: PostureRun): string {
  if (checks.some(({ status }) => status === 'fail')) return 'bad';
  return checks.some(({ status }) => status === 'unknown') ? 'warn' : 'good';
}

function pointsTable(checks: readonly Assessed[]): Block {
  const titles = ['Point', 'What holds where it passes', 'Status', 'Severity', 'Since the run before'];
  return {
    kind: 'table',
    caption: 'Every point of the checklist with its status',
    columns: titles.map((title) => ({ title })),
    rows: checks.map((each): readonly Cell[] => [
      cell(String(each.point)),
      cell({ section: sectionOf(each), name: each.title }),
      cell({ label: STATUS_LABELS[each.status] }),
      cell(each.severity),
      cell(CHANGE_WORDS[each.change]),
    ]),
  };
}

const sectionOf = ({ check }: Assessed): string => `check-${check}`;

function checkSection(assessed: Assessed): Markup {
  const id = sectionOf(assessed);
  return markup`<section class="step" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${assessed.point}. ${assessed.title}</h2><p>${chip(STATUS_LABELS[assessed.status])} ${CHANGE_WORDS[assessed.change]} · ${assessed.subjects} judged · read ${time(assessed.at)}</p></header>
${drawBlocks(blocksOf(assessed))}
</section>
`;
}

function blocksOf({ failures, gaps, evidence, shows, modules }: Assessed): Block[] {
  const shown = Object.entries(shows);
  return [
    ...(failures.length === 0 ? [] : [failureTable(failures, modules)]),
    ...(gaps.length === 0
      ? []
      : [
          { kind: 'heading', text: 'What nobody can say' } as const,
          {
            kind: 'list',
            lines: gaps.map(({ reason, source, detail, missingPermission }) => [
              { strong: reason },
              ` ${source}: ${detail}`,
              ...(missingPermission === undefined ? [] : [' Missing: ', { code: missingPermission }]),
            ]),
          } as const,
        ]),
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'list',
            lines: shown.map(([name, value]) => [`${name.replaceAll('_', ' ')}: ${String(value)}`]),
          } as const,
        ]),
    ...(evidence.length === 0
      ? []
      : [
          {
            kind: 'folded',
            title: 'What it rests on',
            blocks: [
              {
                kind: 'list',
                lines: evidence.map(({ resource, call, hash }) => [
                  { code: resource },
                  ` by ${call}`,
                  ...(hash === undefined ? [] : [', ', { code: hash }]),
                ]),
              },
            ],
          } as const,
        ]),
  ];
}

function failureTable(failures: readonly Failure[], modules: readonly string[]): Block {
  return {
    kind: 'table',
    caption: 'What fails, and what to do',
    columns: ['What fails', 'What to do'].map((title) => ({ title })),
    entries: true,
    rows: failures.map((each): readonly Cell[] => [whatFails(each), whatToDo(each, modules)]),
  };
}

function whatFails({ id, says, severity, resource, since, accepted }: Failure): Cell {
  return [
    text([says]),
    text([`${severity} · `, { code: id }, ' · since ', { time: since }], 'meta'),
    text([{ code: resource }], 'meta'),
    ...(accepted === undefined
      ? []
      : [text([`Accepted until ${accepted.until} by ${accepted.by}: ${accepted.reason}`], 'meta')]),
  ];
}

function whatToDo({ remedy: { todo, link, command } }: Failure, modules: readonly string[]): Cell {
  return [
    text([todo]),
    ...(command === undefined ? [] : [text([{ command }])]),
    ...(link === undefined ? [] : [text([{ words: 'In the portal', link }])]),
    text([`Module: ${modules.join(', ')}`], 'meta'),
  ];
}
