import type { Block } from '../../html/blocks.ts';
import { drawBlocks } from '../../html/draw-blocks.ts';
import { code, type Markup, markup, trusted } from '../../html/markup.ts';
import { time } from '../../html/parts.ts';
import { plainLine } from '../../html/plain-line.ts';
import { type StepReport, stepNamed } from '../../steps/registry.ts';
import type { Report } from '../report.ts';
import { accountBlocks } from '../view/accounts.ts';
import { changeBlocks, evidenceBlocks, residualBlocks } from '../view/case.ts';
import { undoneBlocks } from '../view/undone.ts';
import { ACCOUNTS, CHANGES, INCIDENT_LABEL, outcomeLabel, RESIDUAL, UNDONE } from '../wording.ts';
import { factList, firstScreen, nameOf } from './first-screen.ts';
import { pageHead } from './head.ts';
import { FILTER_RULES, leftSection } from './left-section.ts';
import { PAPER } from './paper.ts';
import { stepSection } from './step-section.ts';
import { STYLES } from './styles.ts';

/**
 * `report.html`: one self-contained file. The same report gives the same bytes.
 * @param link address of the case in the console
 */
export async function renderHtml(report: Report, link?: string): Promise<string> {
  const { leaver, case: asked } = report;
  const own = new Map(await Promise.all(report.steps.map(async (step) => [step.step, await ownOf(step)] as const)));
  const told = { mode: asked.mode, leaver, ...(link === undefined ? {} : { link }) };
  const chart = report.incident ? chartIn([...own.values()].flat()) : undefined;
  const shownOf = (step: StepReport['step']): readonly Block[] => withoutChart(own.get(step) ?? [], chart);
  const shown = { ...(link === undefined ? {} : { link }), ...(chart === undefined ? {} : { chart }) };
  const { restores = [] } = asked;
  const title = `${report.incident ? `${INCIDENT_LABEL.text}. ` : ''}${outcomeLabel(report.outcome, asked.mode).text}: offboarding of ${plainLine(nameOf(report))}`;
  const changes = changeBlocks(report);
  const page = markup`${pageHead(title, markup`${trusted(STYLES)}${trusted(PAPER)}${trusted(FILTER_RULES)}${trusted(footerOnPaper(report))}`)}
<body>
${firstScreen(report, shown)}
${changes.length === 0 ? '' : section('changes', CHANGES, changes)}${leftSection(report, link)}
${restores.length === 0 ? '' : section('undone', UNDONE, undoneBlocks(restores))}${report.residual.length === 0 ? '' : section('residual', RESIDUAL, residualBlocks(report.residual))}
<section class="step" id="case" aria-labelledby="case-title"><header><h2 id="case-title">The case</h2></header>${factList(report)}</section>
${section('accounts', ACCOUNTS, accountBlocks(leaver))}
${report.steps.map((step) => stepSection(step, told, shownOf(step.step)))}
${section('evidence', { title: 'Evidence', about: '' }, evidenceBlocks(report))}
</main>
<footer><p>Case ${code(asked.caseId)} · filed ${time(report.generatedAt)} · report schema ${report.schemaVersion} · times are UTC unless they name another zone</p></footer>
</body>
</html>
`;
  return String(page);
}

/** What the step itself has to show. */
async function ownOf(step: StepReport): Promise<readonly Block[]> {
  return (await stepNamed(step.step)?.pageOf(step.facts)) ?? [];
}

/** The first chart of all: where there was an incident, it shows it. */
function chartIn(blocks: readonly Block[]): Markup | undefined {
  return blocks.flatMap((block) => (block.kind === 'drawing' ? [block.drawing.svg] : []))[0];
}

/** The chart that stands on the first screen is not drawn again; what it shows stays where it was, as a table. */
function withoutChart(blocks: readonly Block[], chart: Markup | undefined): Block[] {
  const svg = markup`<p class="meta"><a href="#who">The chart is at the top of this page.</a></p>`;
  return blocks.map((block) =>
    chart !== undefined && block.kind === 'drawing' && block.drawing.svg === chart
      ? { ...block, drawing: { ...block.drawing, svg } }
      : block,
  );
}

/** Case and page numbers in the margin of every sheet; an id holds hexadecimal digits and dashes only. */
function footerOnPaper({ case: { caseId } }: Report): string {
  const id = caseId.replace(/[^0-9a-z-]/gi, '');
  return `@page{@bottom-left{content:"Case ${id}"}}`;
}

function section(
  id: string,
  { title, about }: { readonly title: string; readonly about: string },
  blocks: readonly Block[],
): Markup {
  return markup`<section class="step" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2>${about === '' ? '' : markup`<p>${about}</p>`}</header>
${drawBlocks(blocks)}
</section>
`;
}
