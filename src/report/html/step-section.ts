import { type Coverage, isGap, isStandingLimit } from '../../cases/coverage.ts';
import type { Evidence, ReportFinding } from '../../cases/finding.ts';
import { isRemedyId } from '../../cases/ids.ts';
import type { Action, Impact } from '../../cases/remedy.ts';
import { counted } from '../../cases/wording.ts';
import { code, foreign, type Markup, markup } from '../../html/markup.ts';
import { amount, chip, table, time } from '../../html/parts.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import { readLines, type UnreadGroup, unreadGroups } from '../unread.ts';
import { COVERAGE_LABELS, OUTCOME_LABELS, RESULT_LABELS, RUN_LABELS, STATUS_LABELS } from '../wording.ts';

/** One step: its findings, what was done, and what was looked at. `extra` comes first. */
export function stepSection(step: StepReport, extra: Markup | string = ''): Markup {
  const gaps = step.coverage.filter(isGap).length;
  const sources = counted(step.coverage.filter((line) => !isStandingLimit(line)).length, 'source');
  const facts = [
    RUN_LABELS[step.run].text,
    counted(step.findings.length, 'finding'),
    counted(step.actions.length, 'action'),
    gaps === 0 ? sources : `${gaps} of ${sources} not complete`,
  ];
  return markup`<section class="step" id="${step.step}" aria-labelledby="${step.step}-title">
<header><h2 id="${step.step}-title">${titleOf(step.step)}</h2>${chip(OUTCOME_LABELS[step.outcome])}<p>${facts.join(' · ')}</p></header>
${step.failures.map(
  ({ code: name, message }) =>
    markup`<p class="alarm">${chip({ text: 'stopped', tone: 'bad' })} ${code(name)} ${foreign(message)}</p>`,
)}
${extra}
${findingsTable(step)}
${actionsTable(step)}
${coverageTable(step)}
</section>
`;
}

function findingsTable({ findings, step }: StepReport): Markup {
  if (findings.length === 0) return markup`<h3>Findings</h3><p class="none">No findings.</p>`;
  const columns = [
    { title: 'Status', className: 'status' },
    { title: 'Finding' },
    { title: 'Evidence', className: 'evidence' },
    { title: 'Remedy', className: 'remedy' },
  ];
  return markup`<h3>Findings</h3>${table(`Findings of ${titleOf(step).toLowerCase()}`, columns, findings.map(findingRow))}`;
}

function findingRow(finding: ReportFinding): unknown[] {
  const { severity, status, title, reason, resource, id, residual } = finding;
  return [
    markup`${chip(STATUS_LABELS[status])}<span class="severity ${severity}">${severity}</span>`,
    markup`<p class="title">${foreign(title)}</p><p>${foreign(reason, 700)}</p><p class="meta">${resourceOf(finding)} <span>${resource.system} · ${foreign(resource.type, 60)}</span> <span class="id">${id}</span></p>${
      residual === undefined
        ? ''
        : markup`<p class="meta">${chip({ text: 'ends by itself', tone: 'wait' })} ${time(residual.until)} ${foreign(residual.why)}</p>`
    }`,
    evidenceList(finding.evidence),
    remedyOf(finding),
  ];
}

/** A link only where the vendor's address is plain HTTPS: anything else is shown, not followed. */
function resourceOf({ resource }: ReportFinding): Markup {
  return linked(resource.name ?? resource.id, resource.url);
}

function linked(text: string, url = ''): Markup {
  const name = code(text, 200);
  return /^https:\/\/[^\s"'<>\\]+$/.test(url) ? markup`<a href="${url}" rel="noreferrer">${name}</a>` : name;
}

function evidenceList(evidence: Evidence): Markup {
  const entries = Object.entries(evidence);
  if (entries.length === 0) return markup`<span class="none">none</span>`;
  return markup`<dl class="pairs">${entries.map(
    ([key, value]) => markup`<div><dt>${foreign(key, 60)}</dt><dd>${code(valueText(value), 240)}</dd></div>`,
  )}</dl>`;
}

function valueText(value: Evidence[string]): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function remedyOf({ remedy, readBack }: ReportFinding): Markup {
  if (remedy === undefined) return markup`<span class="none">none</span>`;
  return markup`<p>${foreign(remedy.what)}</p><p class="meta">${remedy.risk === 'disruptive' ? markup`${chip({ text: 'disruptive', tone: 'warn' })} ` : ''}Undo: ${foreign(remedy.undo)}</p>${impactOf(remedy.impact)}${
    readBack === undefined
      ? ''
      : markup`<p class="meta">Read back ${time(readBack.checkedAt)}: <b>${READ_BACK[readBack.state]}</b>${readBack.detail === undefined ? '' : markup` ${foreign(readBack.detail)}`}</p>`
  }`;
}

function impactOf(impact: readonly Impact[] = []): Markup | string {
  if (impact.length === 0) return '';
  const line = (word: string, some: readonly Impact[]): Markup | string =>
    some.length === 0
      ? ''
      : markup`<p class="meta">${word}: ${some.map(({ what, link }, at) => markup`${at === 0 ? '' : ', '}${linked(what, link)}`)}</p>`;
  const [sure, perhaps] = [impact.filter((each) => each.perhaps !== true), impact.filter((each) => each.perhaps)];
  return markup`${line('Stops', sure)}${line('May stop', perhaps)}`;
}

const READ_BACK: Readonly<Record<NonNullable<ReportFinding['readBack']>['state'], string>> = {
  gone: 'gone',
  present: 'still there',
  'could-not-check': 'could not check',
};

function actionsTable({ actions, step }: StepReport): Markup {
  if (actions.length === 0) return markup``;
  const columns = [
    { title: 'Result', className: 'status' },
    { title: 'Action' },
    { title: 'At', className: 'at' },
    { title: 'Request id', className: 'request' },
    { title: 'Before-image', className: 'request' },
  ];
  return markup`<h3>Actions</h3>${table(`Actions of ${titleOf(step).toLowerCase()}`, columns, actions.map(actionRow))}`;
}

function actionRow({ result, what, error, at, requestId, beforeImage, remedyId }: Action): unknown[] {
  return [
    chip(RESULT_LABELS[result]),
    markup`<p>${foreign(what)}</p>${error === undefined ? '' : markup`<p class="error">${foreign(error, 700)}</p>`}${isRemedyId(remedyId) ? markup`<p class="meta id">${remedyId}</p>` : ''}`,
    time(at),
    requestId === undefined ? markup`<span class="none">none given</span>` : code(requestId, 80),
    beforeImage === undefined
      ? markup`<span class="none">none</span>`
      : markup`${code(beforeImage.name.replace(/^cases\/[^/]+\//, ''), 120)}<br><span class="meta">SHA-256 ${code(`${beforeImage.sha256.slice(0, 16)}…`)}</span>`,
  ];
}

function coverageTable({ coverage, step }: StepReport): Markup {
  const read = readLines(coverage);
  const unread = unreadGroups(coverage).map(unreadGroup);
  if (read.length === 0) return markup`<h3>Coverage</h3><p class="none">No source was read.</p>${unread}`;
  const columns = [
    { title: 'Source', className: 'source' },
    { title: 'State', className: 'status' },
    { title: 'Looked at', className: 'looked' },
    { title: 'What is missing' },
  ];
  return markup`<h3>Coverage</h3>${table(`Coverage of ${titleOf(step).toLowerCase()}`, columns, read.map(coverageRow))}${unread}`;
}

/** One line, which unfolds to what may live there and what somebody can do about it. */
function unreadGroup({ title, gap, decision, lines }: UnreadGroup): Markup {
  return markup`<details class="unread"><summary>${chip({ text: title, tone: gap ? 'warn' : 'quiet' })} ${foreign(decision)}</summary><dl class="pairs">${lines.map(
    ({ source, detail, exemption }) =>
      markup`<div><dt>${code(source, 160)}</dt><dd>${foreign(detail ?? '')}${
        exemption === undefined
          ? ''
          : markup` <b>Exempt until ${foreign(exemption.until, 10)}</b>, by ${foreign(exemption.by, 80)}: ${foreign(exemption.reason)}`
      }</dd></div>`,
  )}</dl></details>`;
}

function coverageRow({ source, state, looked, detail, missingPermission }: Coverage): unknown[] {
  return [
    code(source, 160),
    chip(COVERAGE_LABELS[state]),
    markup`<b>${amount(looked.count)}</b>${
      looked.asked === undefined || looked.asked === looked.count ? '' : ` of ${amount(looked.asked)}`
    } ${foreign(looked.unit, 60)}`,
    markup`${missingPermission === undefined ? '' : markup`<p>Missing permission ${code(missingPermission, 160)}</p>`}${detail === undefined ? '' : markup`<p>${foreign(detail)}</p>`}`,
  ];
}
