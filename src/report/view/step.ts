import { type Coverage, isGap, isStandingLimit } from '../../cases/coverage.ts';
import type { Evidence, ReportFinding } from '../../cases/finding.ts';
import { isRemedyId } from '../../cases/ids.ts';
import type { Action, Impact } from '../../cases/remedy.ts';
import { counted } from '../../cases/wording.ts';
import {
  type Block,
  type Cell,
  cell,
  joined,
  type Line,
  type Pair,
  type Piece,
  type TextBlock,
  text,
} from '../../html/blocks.ts';
import { amount } from '../../html/parts.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import { readLines, type UnreadGroup, unreadGroups } from '../unread.ts';
import { COVERAGE_LABELS, RESULT_LABELS, RUN_LABELS, STATUS_LABELS } from '../wording.ts';

/** A step in one line: how it ran, and how much it tells. */
export function stepInWords(step: StepReport): string {
  const gaps = step.coverage.filter(isGap).length;
  const sources = counted(step.coverage.filter((line) => !isStandingLimit(line)).length, 'source');
  return [
    RUN_LABELS[step.run].text,
    counted(step.findings.length, 'finding'),
    counted(step.actions.length, 'action'),
    gaps === 0 ? sources : `${gaps} of ${sources} not complete`,
  ].join(' · ');
}

/** One step: its findings, what was done, and what was looked at. `own` is what the step itself has to show. */
export function stepBlocks(step: StepReport, own: readonly Block[] = []): Block[] {
  return [
    ...step.failures.map(({ code, message }) =>
      text([{ label: { text: 'stopped', tone: 'bad' } }, ' ', { code }, ` ${message}`], 'alarm'),
    ),
    ...own,
    ...findings(step),
    ...actions(step),
    ...coverage(step),
  ];
}

function findings({ findings, step }: StepReport): Block[] {
  if (findings.length === 0) return [heading('Findings'), text('No findings.', 'none')];
  const columns = [
    { title: 'Status', className: 'status' },
    { title: 'Finding' },
    { title: 'Evidence', className: 'evidence' },
    { title: 'Remedy', className: 'remedy' },
  ];
  return [
    heading('Findings'),
    {
      kind: 'table',
      caption: `Findings of ${titleOf(step).toLowerCase()}`,
      columns,
      rows: findings.map(findingRow),
      entries: true,
    },
  ];
}

function findingRow(finding: ReportFinding): Cell[] {
  const { severity, status, title, reason, resource, id, residual, evidence } = finding;
  const name = { code: resource.name ?? resource.id, ...(resource.url === undefined ? {} : { link: resource.url }) };
  return [
    [text({ label: STATUS_LABELS[status] }), text(severity, `severity ${severity}`)],
    [
      text(title, 'title'),
      text(reason),
      text([name, ` ${resource.system} · ${resource.type} `, { code: id }], 'meta'),
      ...(residual === undefined
        ? []
        : [
            text(
              [{ label: { text: 'ends by itself', tone: 'wait' } }, ' ', { time: residual.until }, ` ${residual.why}`],
              'meta',
            ),
          ]),
    ],
    evidenceCell(evidence),
    remedyCell(finding),
  ];
}

function evidenceCell(evidence: Evidence): Cell {
  const pairs = Object.entries(evidence).map(([key, value]): Pair => [key, [{ code: valueText(value) }]]);
  return pairs.length === 0 ? [text('none', 'none')] : [{ kind: 'pairs', pairs }];
}

function valueText(value: Evidence[string]): string {
  if (Array.isArray(value)) return value.join(', ');
  return value === null ? 'not known' : String(value);
}

function remedyCell({ remedy, readBack }: ReportFinding): Cell {
  if (remedy === undefined) return [text('none', 'none')];
  const waits: Line = remedy.risk === 'disruptive' ? [{ label: { text: 'a person decides', tone: 'warn' } }, ' '] : [];
  return [
    text(remedy.what),
    text([...waits, `Undo: ${remedy.undo}`], 'meta'),
    ...impact(remedy.impact),
    ...(readBack === undefined
      ? []
      : [
          text(
            [
              'Read back ',
              { time: readBack.checkedAt },
              ': ',
              { strong: READ_BACK[readBack.state] },
              ...(readBack.detail === undefined ? [] : [` ${readBack.detail}`]),
            ],
            'meta',
          ),
        ]),
  ];
}

function impact(all: readonly Impact[] = []): TextBlock[] {
  const line = (word: string, some: readonly Impact[]): TextBlock[] =>
    some.length === 0
      ? []
      : [
          text(
            [
              `${word}: `,
              ...joined(some.map(({ what, link }): Line => [{ code: what, ...(link === undefined ? {} : { link }) }])),
            ],
            'meta',
          ),
        ];
  return [
    ...line(
      'Stops',
      all.filter(({ perhaps }) => perhaps !== true),
    ),
    ...line(
      'May stop',
      all.filter(({ perhaps }) => perhaps),
    ),
  ];
}

const READ_BACK: Readonly<Record<NonNullable<ReportFinding['readBack']>['state'], string>> = {
  gone: 'gone',
  present: 'still there',
  'could-not-check': 'could not check',
};

function actions({ actions, step }: StepReport): Block[] {
  if (actions.length === 0) return [];
  const columns = [
    { title: 'Result', className: 'status' },
    { title: 'Action' },
    { title: 'At', className: 'at' },
    { title: 'Request id', className: 'request' },
    { title: 'Before-image', className: 'request' },
  ];
  return [
    heading('Actions'),
    { kind: 'table', caption: `Actions of ${titleOf(step).toLowerCase()}`, columns, rows: actions.map(actionRow) },
  ];
}

function actionRow({ result, what, error, at, requestId, beforeImage, remedyId }: Action): Cell[] {
  return [
    cell({ label: RESULT_LABELS[result] }),
    [
      text(what),
      ...(error === undefined ? [] : [text(error, 'error')]),
      ...(isRemedyId(remedyId) ? [text({ code: remedyId }, 'meta')] : []),
    ],
    cell({ time: at }),
    requestId === undefined ? [text('none given', 'none')] : cell({ code: requestId }),
    beforeImage === undefined
      ? [text('none', 'none')]
      : [
          text({ code: beforeImage.name.replace(/^cases\/[^/]+\//, '') }),
          text(['SHA-256 ', { code: `${beforeImage.sha256.slice(0, 16)}…` }], 'meta'),
        ],
  ];
}

function coverage({ coverage, step }: StepReport): Block[] {
  const read = readLines(coverage);
  const unread = unreadGroups(coverage).map(unreadBlock);
  if (read.length === 0) return [heading('Coverage'), text('No source was read.', 'none'), ...unread];
  const columns = [
    { title: 'Source', className: 'source' },
    { title: 'State', className: 'status' },
    { title: 'Looked at', className: 'looked' },
    { title: 'What is missing' },
  ];
  return [
    heading('Coverage'),
    { kind: 'table', caption: `Coverage of ${titleOf(step).toLowerCase()}`, columns, rows: read.map(coverageRow) },
    ...unread,
  ];
}

function coverageRow({ source, state, looked, detail, missingPermission }: Coverage): Cell[] {
  const { asked, count, unit } = looked;
  const of = asked === undefined || asked === count ? '' : ` of ${amount(asked)}`;
  return [
    cell({ code: source }),
    cell({ label: COVERAGE_LABELS[state] }),
    cell({ strong: amount(count) }, `${of} ${unit}`),
    [
      ...(missingPermission === undefined ? [] : [text(['Missing permission ', { code: missingPermission }])]),
      ...(detail === undefined ? [] : [text(detail)]),
    ],
  ];
}

/** What nobody read for one reason, with what may live in each source and what somebody can do about it. */
function unreadBlock({ title, gap, decision, lines }: UnreadGroup): Block {
  return {
    kind: 'fold',
    label: { text: title, tone: gap ? 'warn' : 'quiet' },
    line: [decision],
    pairs: lines.map(({ source, detail = '', missingPermission, exemption }): Pair => {
      const withheld: Piece[] =
        missingPermission === undefined ? [] : ['Missing permission ', { code: missingPermission }, '. '];
      const exempt: Piece[] =
        exemption === undefined
          ? []
          : [' ', { strong: `Exempt until ${exemption.until}` }, `, by ${exemption.by}: ${exemption.reason}`];
      return [{ code: source }, [...withheld, detail, ...exempt]];
    }),
  };
}

function heading(text: string): Block {
  return { kind: 'heading', text };
}
