import { comparedInWords, countsOf } from '../../cases/following/compare-revisions.ts';
import { isBack } from '../../cases/remedies/restore.ts';
import { counted } from '../../cases/words/wording.ts';
import { drawLine } from '../../html/draw-blocks.ts';
import { foreign, type Markup, markup } from '../../html/markup.ts';
import { icon, time } from '../../html/parts.ts';
import { titleOf } from '../../steps/registry.ts';
import type { Report, SummaryLine } from '../report.ts';
import { factsOf } from '../view/facts.ts';
import { howLine, isUrgent } from '../view/next.ts';
import { CHANGES, INCIDENT_LABEL, NEXT, NOTHING, outcomeLabel, stepLabel, UNDONE } from '../wording.ts';

/** Where the page leads: the case in the console, where it is known where that is. */
interface Shown {
  readonly link?: string;
  /** The chart that an incident is seen by, drawn by the step that tells of it. */
  readonly chart?: Markup;
}

/** What an operator sees without scrolling: what happened, what to do within the hour, what is alive, what is cut. */
export function firstScreen(report: Report, shown: Shown): Markup {
  const { summary, case: asked } = report;
  return markup`${masthead(report, shown)}
<main>
${hero(report, shown)}
${glance(report)}
<div class="first">
${nextPanel(report, shown)}
${panel(aliveIn(asked.mode), 'not-cut', 'warn', summary.notCut, NOTHING.notCut)}
${panel('Cut', 'cut', 'good', summary.cut, NOTHING.cut)}
</div>
${stepStrip(report)}
`;
}

export function nameOf({ leaver }: Report): string {
  return leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid;
}

function masthead({ case: { caseId }, generatedAt }: Report, { link }: Shown): Markup {
  const id = drawLine([{ code: caseId, ...(link === undefined ? {} : { link }) }]);
  return markup`<header class="masthead"><span class="product">mcp-offboarding</span><span>Case ${id}</span><span>Filed ${time(generatedAt)}</span></header>`;
}

/** An incident is a banner with its chart; everything else is a sheet of paper with its outcome. */
function hero(report: Report, { chart }: Shown): Markup {
  const { outcome, incident, summary, case: asked } = report;
  const label = outcomeLabel(outcome, asked.mode);
  const word = ({ text, tone }: typeof label): Markup =>
    markup`<span class="${tone}">${icon(tone)}<strong>${text}</strong></span>`;
  const plan = asked.mode === 'plan' ? markup`<span class="quiet"><strong>Plan: nothing was cut</strong></span>` : '';
  const number = asked.revision === undefined ? '' : ` number ${asked.revision}`;
  return markup`<section class="hero ${incident ? 'incident' : `plain ${label.tone}`}${chart === undefined ? '' : ' charted'}" aria-labelledby="who">
<div class="what">
<p class="word">${incident ? word(INCIDENT_LABEL) : ''}${word(label)}${plan}</p>
<h1 id="who"><span class="eyebrow">Offboarding report${number}</span> ${foreign(nameOf(report), 80)}</h1>
<p class="headline">${foreign(summary.headline, 900)}</p>
${sinceBefore(report)}</div>
${chart === undefined ? '' : markup`<a class="chart-link" href="#left">${chart}</a>`}
</section>`;
}

/** What is new since the report that the reader may have seen, and that something was given back. */
function sinceBefore({ comparison, case: { restores = [] } }: Report): Markup | '' {
  const undone = restores.flatMap((each) => each.undone);
  const told = [
    ...(comparison === undefined
      ? []
      : [markup`<a href="#changes">${CHANGES.title}</a>: ${comparedInWords(countsOf(comparison))}`]),
    ...(restores.length === 0
      ? []
      : [
          markup`<a href="#undone">${UNDONE.title}</a>: ${undone.filter(isBack).length} of ${counted(undone.length, 'remedy', 'remedies')} given back`,
        ]),
  ];
  return told.length === 0
    ? ''
    : markup`<p class="meta since">${told.map((each) => markup`<span>${each}</span> `)}</p>`;
}

/** On a narrow screen the panels stand below one another: what is cut and what is not is told before them, in a line each. */
function glance({ summary: { cut, notCut }, case: { mode } }: Report): Markup {
  const tile = (title: string, id: string, lines: readonly SummaryLine[], none: string): Markup =>
    markup`<li><a href="#${id}">${title}</a> <b>${lines.length}</b><p class="line">${foreign(lines[0]?.text ?? none, 200)}</p></li>`;
  return markup`<ul class="glance" aria-label="At a glance">${tile('Cut', 'cut', cut, NOTHING.cut)}${tile(aliveIn(mode), 'not-cut', notCut, NOTHING.notCut)}</ul>`;
}

/** A plan cuts nothing, so that nothing survives it. */
function aliveIn(mode: Report['case']['mode']): string {
  return mode === 'plan' ? 'What stands' : 'Still alive';
}

/** Within the hour; the rest has a section of its own. */
const MOST_NEXT = 5;

function nextPanel({ summary: { next } }: Report, { link }: Shown): Markup {
  const urgent = next.filter(isUrgent);
  const lines = (urgent.length === 0 ? next : urgent).slice(0, MOST_NEXT);
  const more = next.length - lines.length;
  return markup`<div class="panel next"><h2 id="next">${urgent.length === 0 ? NEXT.calm : NEXT.urgent} <span class="number">${urgent.length === 0 ? next.length : urgent.length}</span></h2>
<ol>${lines.map((line) => markup`<li class="${line.severity}"><p class="line">${severityOf(line)}${foreign(line.text, 600)}</p>${howOf(line, link)}</li>`)}</ol>
${more > 0 ? markup`<p class="all"><a href="#left">${NEXT.all(more)}</a></p>` : ''}</div>`;
}

/** Whom to ask, where to go, what to copy. */
export function howOf(line: Parameters<typeof howLine>[0], link: string | undefined): Markup | '' {
  const ask = 'ask' in line && line.ask !== undefined ? markup`<span class="ask">Ask ${foreign(line.ask)}</span> ` : '';
  const how = howLine({ ...line, ask: undefined }, link);
  return ask === '' && how.length === 0
    ? ''
    : markup`<p class="how">${ask}<span class="go">${drawLine(how)}</span></p>`;
}

export function severityOf(line: SummaryLine): Markup | '' {
  return isUrgent(line) ? markup`<b class="severity ${line.severity}">${line.severity}</b> ` : '';
}

/** As many lines as fit on the first screen; the rest is folded. */
const FIRST_LINES = { good: 6, warn: 6 } as const;

function panel(title: string, id: string, tone: 'good' | 'warn', lines: readonly SummaryLine[], none: string): Markup {
  const [first, rest] = [lines.slice(0, FIRST_LINES[tone]), lines.slice(FIRST_LINES[tone])];
  const list = (some: readonly SummaryLine[]): Markup =>
    markup`<ul>${some.map((line) => markup`<li><p class="line">${severityOf(line)}${foreign(line.text, 600)}</p></li>`)}</ul>`;
  const more = rest.length === 0 ? '' : markup`<details><summary>${rest.length} more</summary>${list(rest)}</details>`;
  const body = lines.length === 0 ? markup`<p class="none">${none}</p>` : markup`${list(first)}${more}`;
  const number = lines.length === 0 ? '' : markup` <span class="number">${lines.length}</span>`;
  return markup`<div class="panel ${lines.length === 0 ? 'quiet' : tone}"><h2 id="${id}">${title}${number}</h2>${body}</div>`;
}

function stepStrip({ steps, case: { mode } }: Report): Markup {
  return markup`<nav class="steps" aria-label="Steps"><ol>${steps.map((each) => {
    const { step, findings } = each;
    const label = stepLabel(each, mode);
    const found = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    return markup`<li><a class="${label.tone}" href="#${step}"><span class="name">${titleOf(step)}</span><span class="state">${icon(label.tone)}${label.text}</span><span class="found">${found}</span></a></li>`;
  })}</ol></nav>`;
}

/** Who the person is, and who asked for the case. */
export function factList(report: Report): Markup {
  return markup`<dl class="facts">${factsOf(report).map(([name, value]) => markup`<dt>${name}</dt><dd>${drawLine(value)}</dd>`)}</dl>`;
}
