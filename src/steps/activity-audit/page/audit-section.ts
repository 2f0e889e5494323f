import { counted } from '../../../cases/words/wording.ts';
import { type Block, type Cell, cell, type TableBlock, text } from '../../../html/blocks.ts';
import type { Label } from '../../../html/label.ts';
import { amount } from '../../../html/parts.ts';
import type { AuditFacts, AuditPeriod } from '../rules/audit-facts.ts';
import type { AuditVerdict } from '../rules/verdict/verdicts.ts';
import { callsPerDay, hourOfWeek } from './activity-charts.ts';

const VERDICTS: Readonly<Record<AuditVerdict, Label>> = {
  'as-expected': { text: 'as expected', tone: 'good' },
  unusual: { text: 'unusual', tone: 'warn' },
  'after-departure': { text: 'after departure', tone: 'bad' },
  'not-established': { text: 'not established', tone: 'warn' },
};

const DETECTIONS: Readonly<Record<AuditFacts['detections'][number]['detection'], string>> = {
  'out-of-hours-write': 'write out of hours',
  'file-system-volume': 'file-system volume',
  'repeated-403': 'repeated 403',
};

/** What the activity audit shows besides findings: its verdict, the charts and the rows behind them. */
export function auditSection(facts: AuditFacts | undefined): Block[] {
  if (facts === undefined) return [text('The audit handed over no series, so there is nothing to draw.', 'none')];
  return [
    verdict(facts),
    dayChart(facts),
    weekCharts(facts),
    ...comparison(facts),
    ...detections(facts),
    ...rows(facts),
    ...related(facts),
  ];
}

function verdict(facts: AuditFacts): Block {
  const { verdict: word, reasons, basis, table: name, window, timeZone, coverage } = facts;
  const gaps = coverage.gapDays.length;
  const read = [
    `${counted(window.days, 'day')}; the table keeps ${counted(coverage.retainedDays, 'of these days', 'of these days')}`,
    gaps === 0 ? 'no day without any rows' : `${counted(gaps, 'day')} without rows from anybody`,
    `queries ${coverage.queriesComplete ? 'complete' : 'not complete'}. Days and hours are in ${timeZone}.`,
  ];
  return {
    kind: 'group',
    look: 'judgement',
    blocks: [
      text(['Verdict ', { label: VERDICTS[word] }], 'word'),
      { kind: 'list', lines: reasons.map((reason) => [reason]) },
      text(basis),
      text(
        [{ code: name }, ' from ', { time: window.from }, ' to ', { time: window.to }, `, ${read.join('; ')}`],
        'meta',
      ),
    ],
  };
}

function dayChart(facts: AuditFacts): Block {
  const some = (test: (day: AuditFacts['days'][number]) => boolean): boolean => facts.days.some(test);
  const mark = (shown: boolean, mark: string, text: string) => (shown ? [{ mark, text }] : []);
  return {
    kind: 'drawing',
    title: 'Calls per day',
    legend: [
      { mark: 'bar', text: 'as the leaver' },
      ...mark(
        some(({ callsAfterDeparture }) => callsAfterDeparture > 0),
        'bar-after',
        'after the departure',
      ),
      ...mark(
        some(({ relatedCalls }) => relatedCalls > 0),
        'bar-related',
        'by identities tied to the leaver',
      ),
      ...mark(
        some(({ evidence }) => evidence === 'gap' || evidence === 'not-retained'),
        'blind',
        'no rows from anybody: silence proves nothing',
      ),
    ],
    drawing: callsPerDay(facts),
    data: {
      kind: 'table',
      caption: 'Calls per day',
      columns: ['Day', 'Calls', 'After departure', 'Tied identities', 'Rows'].map((title) => ({ title })),
      rows: facts.days.map((day) =>
        [day.date, String(day.calls), String(day.callsAfterDeparture), String(day.relatedCalls), day.evidence].map(
          (value) => cell(value),
        ),
      ),
    },
  };
}

function weekCharts({ hourOfWeek: { before, after }, lastDay }: AuditFacts): Block {
  const most = Math.max(1, ...before.flat(), ...after.flat());
  const until = lastDay === undefined ? 'Before the departure' : `Up to ${lastDay}`;
  const since = lastDay === undefined ? 'After the departure' : `After ${lastDay}`;
  const chart = (id: string, title: string, hours: AuditFacts['hourOfWeek']['before']): Block => ({
    kind: 'drawing',
    title: `Hour of week: ${title.toLowerCase()}`,
    drawing: hourOfWeek(id, title, hours, most),
  });
  return {
    kind: 'group',
    look: 'pair',
    blocks: [chart('week-before', until, before), chart('week-after', since, after)],
  };
}

function comparison({ comparison: periods }: AuditFacts): Block[] {
  if (periods === undefined) return [];
  const row = (name: string, period: AuditPeriod): Cell[] =>
    [
      name,
      `${period.from} to ${period.to}`,
      amount(period.calls),
      period.callsPerDay.toFixed(1),
      amount(period.distinctResources),
      amount(period.distinctDirectories),
    ].map((value) => cell(value));
  return tableOf(
    'The final days against those before',
    [
      { title: 'Period' },
      { title: 'Days' },
      { title: 'Calls', className: 'looked' },
      { title: 'Per day', className: 'looked' },
      { title: 'Resources', className: 'looked' },
      { title: 'Directories', className: 'looked' },
    ],
    [
      row(`final ${counted(periods.final.days, 'day')}`, periods.final),
      row(`${counted(periods.baseline.days, 'day')} before`, periods.baseline),
    ],
  );
}

function detections({ detections: crossed }: AuditFacts): Block[] {
  if (crossed.length === 0) return [];
  return tableOf(
    'Detections that these calls crossed',
    [
      { title: 'Detection' },
      { title: 'Local time', className: 'at' },
      { title: 'Calls', className: 'looked' },
      { title: 'Directories', className: 'looked' },
      { title: 'When' },
    ],
    crossed.map(({ detection, local, calls, directories, afterDeparture }) => [
      cell(DETECTIONS[detection]),
      cell(local),
      cell(amount(calls)),
      cell(amount(directories)),
      afterDeparture ? cell({ label: { text: 'after departure', tone: 'bad' } }) : cell('before'),
    ]),
  );
}

function rows({ rows: shown }: AuditFacts): Block[] {
  if (shown.length === 0) return [];
  const title = shown.some(({ afterDeparture }) => afterDeparture) ? 'Latest calls after the departure' : 'Last calls';
  const columns = [
    { title: 'Local time', className: 'at' },
    { title: 'Server', className: 'looked' },
    { title: 'Tool', className: 'looked' },
    { title: 'Resource' },
    { title: 'Status', className: 'looked' },
  ];
  const cells = shown.map(({ local, server, tool, resource, status }) => [
    cell(local),
    cell({ code: server }),
    cell({ code: tool }),
    cell({ code: resource }),
    cell(String(status)),
  ]);
  return [{ kind: 'folded', title, blocks: [{ kind: 'table', caption: title, columns, rows: cells }] }];
}

function related({ related: identities }: AuditFacts): Block[] {
  if (identities.length === 0) return [];
  return tableOf(
    'Identities tied to the leaver',
    [
      { title: 'Identity' },
      { title: 'Object id' },
      { title: 'Calls', className: 'looked' },
      { title: 'After departure', className: 'looked' },
      { title: 'Pattern' },
      { title: 'Last call', className: 'at' },
    ],
    identities.map(({ name, oid, calls, callsAfterDeparture, after, lastCall }) => [
      cell(name),
      cell({ code: oid }),
      cell(amount(calls)),
      cell(amount(callsAfterDeparture)),
      AFTER[after],
      lastCall === undefined ? cell('none') : cell({ time: lastCall }),
    ]),
  );
}

const AFTER: Readonly<Record<AuditFacts['related'][number]['after'], Cell>> = {
  none: cell('no call after'),
  'as-before': cell('as before'),
  changed: cell({ label: { text: 'changed', tone: 'bad' } }),
};

/** A table under its name. */
function tableOf(title: string, columns: TableBlock['columns'], rows: readonly (readonly Cell[])[]): Block[] {
  return [
    { kind: 'heading', text: title },
    { kind: 'table', caption: title, columns, rows },
  ];
}
