import type { CaseMode } from '../../cases/case.ts';
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
import { ACCOUNTS, CHANGES, INCIDENT_LABEL, OUTCOME_LABELS, RESIDUAL, UNDONE } from '../wording.ts';
import { firstScreen, nameOf } from './first-screen.ts';
import { stepSection } from './step-section.ts';
import { STYLES } from './styles.ts';

/** No script, no request of any kind: the page holds everything that it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** `report.html`: one self-contained file. The same report gives the same bytes. */
export async function renderHtml(report: Report): Promise<string> {
  const sections = await Promise.all(report.steps.map((step) => sectionOf(step, report.case.mode)));
  const { restores = [] } = report.case;
  const title = `${report.incident ? `${INCIDENT_LABEL.text}. ` : ''}${OUTCOME_LABELS[report.outcome].text}: offboarding of ${plainLine(nameOf(report))}`;
  const changes = changeBlocks(report);
  const page = markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(STYLES)}${trusted(footerOnPaper(report))}</style>
</head>
<body>
${firstScreen(report)}
${changes.length === 0 ? '' : section('changes', CHANGES.title, CHANGES.about, changes)}${report.residual.length === 0 ? '' : section('residual', RESIDUAL.title, RESIDUAL.about, residualBlocks(report.residual))}
${restores.length === 0 ? '' : section('undone', UNDONE.title, UNDONE.about, undoneBlocks(restores))}${section('accounts', ACCOUNTS.title, ACCOUNTS.about, accountBlocks(report.leaver))}
${sections}
${section('evidence', 'Evidence', '', evidenceBlocks(report))}
</main>
<footer><p>Case ${code(report.case.caseId)} · filed ${time(report.generatedAt)} · report schema ${report.schemaVersion} · times are UTC unless they name another zone</p></footer>
</body>
</html>
`;
  return String(page);
}

async function sectionOf(step: StepReport, mode: CaseMode): Promise<Markup> {
  return stepSection(step, mode, (await stepNamed(step.step)?.pageOf(step.facts)) ?? []);
}

/** Case and page numbers in the margin of every sheet; an id holds hexadecimal digits and dashes only. */
function footerOnPaper({ case: { caseId } }: Report): string {
  const id = caseId.replace(/[^0-9a-z-]/gi, '');
  return `@page{@bottom-left{content:"Case ${id}"}}`;
}

function section(id: string, title: string, about: string, blocks: readonly Block[]): Markup {
  return markup`<section class="step" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2>${about === '' ? '' : markup`<p>${about}</p>`}</header>
${drawBlocks(blocks)}
</section>
`;
}
