import { drawLine } from '../../html/draw-blocks.ts';
import type { Label } from '../../html/label.ts';
import { code, foreign, type Markup, markup } from '../../html/markup.ts';
import { icon, time } from '../../html/parts.ts';
import { titleOf } from '../../steps/registry.ts';
import type { Report, SummaryLine } from '../report.ts';
import { countsOf, factsOf } from '../view/facts.ts';
import { INCIDENT_LABEL, NOTHING, OUTCOME_LABELS, stepLabel } from '../wording.ts';

/** What an operator sees without scrolling: who, the outcome and why, what was cut, what was not, what to do next. */
export function firstScreen(report: Report): Markup {
  return markup`${masthead(report)}
<main>
<section class="hero" aria-labelledby="who">
<div class="who">
<p class="eyebrow">Offboarding report${report.case.revision === undefined ? '' : ` number ${report.case.revision}`}${report.case.mode === 'plan' ? ', plan only' : ''}</p>
<h1 id="who">${foreign(nameOf(report), 80)}</h1>
${factList(report)}
</div>
${outcomePanel(report)}
</section>
${stepStrip(report)}
<section class="summary" aria-label="Summary">
${panel('Cut', 'cut', 'good', report.summary.cut, NOTHING.cut)}
${panel('Not cut, and why', 'not-cut', 'warn', report.summary.notCut, NOTHING.notCut)}
${panel('Do next', 'next', 'wait', report.summary.next, NOTHING.next)}
</section>
`;
}

export function nameOf({ leaver }: Report): string {
  return leaver.displayName ?? leaver.userPrincipalName ?? leaver.oid;
}

function masthead({ case: { caseId }, generatedAt }: Report): Markup {
  return markup`<header class="masthead"><span class="product">mcp-offboarding</span><span>Case ${code(caseId)}</span><span>Filed ${time(generatedAt)}</span></header>`;
}

function outcomePanel(report: Report): Markup {
  const { outcome, incident, summary } = report;
  const label = OUTCOME_LABELS[outcome];
  const counts = countsOf(report);
  const word = ({ text, tone }: Label): Markup =>
    markup`<span class="${tone}">${icon(tone)}<strong>${text}</strong></span>`;
  // Whatever the outcome: that something acted as the leaver is graver.
  return markup`<div class="outcome ${incident ? INCIDENT_LABEL.tone : label.tone}" role="group" aria-label="Outcome">
<p class="word">${incident ? word(INCIDENT_LABEL) : markup``}${word(label)}</p>
<p class="headline">${foreign(summary.headline)}</p>
<ul class="counts" aria-label="Findings by status">${
    counts.length === 0
      ? markup`<li>No findings</li>`
      : counts.map(({ count, text }) => markup`<li><b>${count}</b> ${text}</li>`)
  }</ul>
</div>`;
}

function factList(report: Report): Markup {
  return markup`<dl class="facts">${factsOf(report).map(([name, value]) => markup`<dt>${name}</dt><dd>${drawLine(value)}</dd>`)}</dl>`;
}

function stepStrip({ steps, case: { mode } }: Report): Markup {
  return markup`<nav class="steps" aria-label="Steps"><ol>${steps.map((each) => {
    const { step, findings } = each;
    const label = stepLabel(each, mode);
    const found = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    return markup`<li><a class="${label.tone}" href="#${step}"><span class="name">${titleOf(step)}</span><span class="state">${icon(label.tone)}${label.text}</span><span class="found">${found}</span></a></li>`;
  })}</ol></nav>`;
}

/** As many lines as fit on the first screen; the rest is folded, and printed. What was cut is told in short lines. */
const FIRST_LINES = { good: 6, warn: 4, wait: 4 } as const;

function panel(
  title: string,
  id: string,
  tone: 'good' | 'warn' | 'wait',
  lines: readonly SummaryLine[],
  none: string,
): Markup {
  const [first, rest] = [lines.slice(0, FIRST_LINES[tone]), lines.slice(FIRST_LINES[tone])];
  const body =
    lines.length === 0
      ? markup`<p class="none">${none}</p>`
      : markup`<ul>${first.map(summaryLine)}</ul>${
          rest.length === 0
            ? ''
            : markup`<details><summary>${rest.length} more</summary><ul>${rest.map(summaryLine)}</ul></details>`
        }`;
  return markup`<div class="panel ${lines.length === 0 ? 'quiet' : tone}"><h2 id="${id}">${title}${
    lines.length === 0 ? '' : markup` <span class="number">${lines.length}</span>`
  }</h2>${body}</div>`;
}

/** Long lines are clamped by the style sheet; on paper, and for those who hear the page, they are whole. */
function summaryLine({ text, step, severity }: SummaryLine): Markup {
  const urgent = severity === 'critical' || severity === 'high';
  return markup`<li><p class="about">${urgent ? markup`<b class="severity ${severity}">${severity}</b> ` : ''}<a href="#${step}">${titleOf(step)}</a></p><p class="line">${foreign(text, 600)}</p></li>`;
}
