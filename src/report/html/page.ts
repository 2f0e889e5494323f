import { code, foreign, type Markup, markup, trusted } from '../../html/markup.ts';
import { amount, table, time } from '../../html/parts.ts';
import { plainLine } from '../../html/plain-line.ts';
import { type StepReport, stepNamed, titleOf } from '../../steps/registry.ts';
import type { Report, ResidualAccess } from '../report.ts';
import { OUTCOME_LABELS } from '../wording.ts';
import { firstScreen, nameOf } from './first-screen.ts';
import { stepSection } from './step-section.ts';
import { STYLES } from './styles.ts';

/** No script, no request of any kind: the page holds everything that it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** `report.html`: one self-contained file. The same report gives the same bytes. */
export async function renderHtml(report: Report): Promise<string> {
  const sections = await Promise.all(report.steps.map(sectionOf));
  const title = `${OUTCOME_LABELS[report.outcome].text}: offboarding of ${plainLine(nameOf(report))}`;
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
${residualSection(report.residual)}
${sections}
${filesSection(report)}
</main>
<footer><p>Case ${code(report.case.caseId)} · filed ${time(report.generatedAt)} · report schema ${report.schemaVersion} · times are UTC unless they name another zone</p></footer>
</body>
</html>
`;
  return String(page);
}

/** A step's tables, after what the step itself has to show. */
async function sectionOf(report: StepReport): Promise<Markup> {
  return stepSection(report, await stepNamed(report.step)?.pageOf(report.facts));
}

/** Case and page numbers in the margin of every sheet; an id holds hexadecimal digits and dashes only. */
function footerOnPaper({ case: { caseId } }: Report): string {
  const id = caseId.replace(/[^0-9a-z-]/gi, '');
  return `@page{@bottom-left{content:"Case ${id}"}}`;
}

function residualSection(residual: readonly ResidualAccess[]): Markup {
  if (residual.length === 0) return markup``;
  const columns = [
    { title: 'Until', className: 'at' },
    { title: 'What' },
    { title: 'Why' },
    { title: 'Step', className: 'source' },
  ];
  const rows = residual.map(({ until, title, why, step }) => [
    time(until),
    foreign(title),
    foreign(why),
    markup`<a href="#${step}">${titleOf(step)}</a>`,
  ]);
  return markup`<section class="step" id="residual" aria-labelledby="residual-title">
<header><h2 id="residual-title">Ends by itself</h2><p>Access that is not over yet and needs no further action</p></header>
${table('Access that ends by itself', columns, rows)}
</section>
`;
}

function filesSection({ manifest, plan, tokenFormats }: Report): Markup {
  const columns = [
    { title: 'File' },
    { title: 'Bytes', className: 'looked' },
    { title: 'SHA-256', className: 'digest' },
  ];
  const folder = manifest.name.replace(/[^/]*$/, '');
  const rows = manifest.files.map(({ name, bytes, sha256 }) => [
    code(name.startsWith(folder) ? name.slice(folder.length) : name, 200),
    amount(bytes),
    code(sha256),
  ]);
  return markup`<section class="step" id="evidence" aria-labelledby="evidence-title">
<header><h2 id="evidence-title">Evidence</h2><p>${manifest.files.length} files besides this report, in ${code(folder, 200)}; manifest.json seals them all</p></header>
${plan === undefined ? '' : markup`<p>Plan of ${plan.remedies} remedies, SHA-256 ${code(plan.hash)}</p>`}
${table('Files of the evidence', columns, rows)}
<p>Token formats known: ${tokenFormats.join(', ')}</p>
</section>
`;
}
