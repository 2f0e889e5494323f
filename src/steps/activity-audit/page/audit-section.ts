import { counted } from '../../../cases/wording.ts';
import type { Label } from '../../../html/label.ts';
import { code, foreign, type Markup, markup } from '../../../html/markup.ts';
import { amount, chip, table, time } from '../../../html/parts.ts';
import type { AuditFacts, AuditPeriod } from '../rules/audit-facts.ts';
import type { AuditVerdict } from '../rules/verdicts.ts';
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
export function auditSection(facts: AuditFacts | undefined): Markup {
  if (facts === undefined)
    return markup`<p class="none">The audit handed over no series, so there is nothing to draw.</p>`;
  return markup`${verdict(facts)}
${dayChart(facts)}
${weekCharts(facts)}
${comparison(facts)}
${detections(facts)}
${rows(facts)}
${related(facts)}
`;
}

function verdict({ verdict: word, reasons, basis, table: name, window, timeZone, coverage }: AuditFacts): Markup {
  const gaps = coverage.gapDays.length;
  return markup`<div class="judgement"><p class="word">Verdict ${chip(VERDICTS[word])}</p><ul>${reasons.map(
    (reason) => markup`<li>${foreign(reason)}</li>`,
  )}</ul>
<p>${foreign(basis)}</p>
<p class="meta">${code(name)} from ${time(window.from)} to ${time(window.to)}, ${counted(window.days, 'day')}; the table keeps ${counted(coverage.retainedDays, 'of these days', 'of these days')}; ${gaps === 0 ? 'no day without any rows' : `${counted(gaps, 'day')} without rows from anybody`}; queries ${coverage.queriesComplete ? 'complete' : 'not complete'}. Days and hours are in ${foreign(timeZone, 60)}.</p></div>`;
}

function dayChart(facts: AuditFacts): Markup {
  const some = (test: (day: AuditFacts['days'][number]) => boolean): boolean => facts.days.some(test);
  return markup`<figure><figcaption><h3>Calls per day</h3><ul class="legend">
<li><i class="bar"></i>as the leaver</li>
${some(({ callsAfterDeparture }) => callsAfterDeparture > 0) ? markup`<li><i class="bar-after"></i>after the departure</li>` : ''}
${some(({ relatedCalls }) => relatedCalls > 0) ? markup`<li><i class="bar-related"></i>by identities tied to the leaver</li>` : ''}
${some(({ evidence }) => evidence === 'gap' || evidence === 'not-retained') ? markup`<li><i class="blind"></i>no rows from anybody: silence proves nothing</li>` : ''}
</ul></figcaption>
${callsPerDay(facts)}
<details class="data"><summary>The same as a table</summary>${table(
    'Calls per day',
    [
      { title: 'Day' },
      { title: 'Calls' },
      { title: 'After departure' },
      { title: 'Tied identities' },
      { title: 'Rows' },
    ],
    facts.days.map((day) => [day.date, day.calls, day.callsAfterDeparture, day.relatedCalls, day.evidence]),
  )}</details></figure>`;
}

function weekCharts({ hourOfWeek: { before, after }, lastDay }: AuditFacts): Markup {
  const most = Math.max(1, ...before.flat(), ...after.flat());
  const until = lastDay === undefined ? 'Before the departure' : `Up to ${lastDay}`;
  const since = lastDay === undefined ? 'After the departure' : `After ${lastDay}`;
  return markup`<div class="pair">
<figure><figcaption><h3>Hour of week: ${until.toLowerCase()}</h3></figcaption>${hourOfWeek('week-before', until, before, most)}</figure>
<figure><figcaption><h3>Hour of week: ${since.toLowerCase()}</h3></figcaption>${hourOfWeek('week-after', since, after, most)}</figure>
</div>`;
}

function comparison({ comparison: periods }: AuditFacts): Markup {
  if (periods === undefined) return markup``;
  const row = (name: string, period: AuditPeriod): unknown[] => [
    name,
    `${period.from} to ${period.to}`,
    amount(period.calls),
    period.callsPerDay.toFixed(1),
    amount(period.distinctResources),
    amount(period.distinctDirectories),
  ];
  return markup`<h3>The final days against those before</h3>${table(
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
      row(`final ${periods.final.days} days`, periods.final),
      row(`${periods.baseline.days} days before`, periods.baseline),
    ],
  )}`;
}

function detections({ detections: crossed }: AuditFacts): Markup {
  if (crossed.length === 0) return markup``;
  return markup`<h3>Detections that these calls crossed</h3>${table(
    'Detections',
    [
      { title: 'Detection' },
      { title: 'Local time', className: 'at' },
      { title: 'Calls', className: 'looked' },
      { title: 'Directories', className: 'looked' },
      { title: 'When' },
    ],
    crossed.map(({ detection, local, calls, directories, afterDeparture }) => [
      DETECTIONS[detection],
      local,
      amount(calls),
      amount(directories),
      whenOf(afterDeparture),
    ]),
  )}`;
}

function rows({ rows: shown }: AuditFacts): Markup {
  if (shown.length === 0) return markup``;
  const title = shown.some(({ afterDeparture }) => afterDeparture) ? 'Latest calls after the departure' : 'Last calls';
  return markup`<h3>${title}</h3>${table(
    title,
    [
      { title: 'Local time', className: 'at' },
      { title: 'Server', className: 'looked' },
      { title: 'Tool', className: 'looked' },
      { title: 'Resource' },
      { title: 'Status', className: 'looked' },
    ],
    shown.map(({ local, server, tool, resource, status }) => [
      local,
      code(server, 60),
      code(tool, 60),
      code(resource, 160),
      status,
    ]),
  )}`;
}

function related({ related: identities }: AuditFacts): Markup {
  if (identities.length === 0) return markup``;
  return markup`<h3>Identities tied to the leaver</h3>${table(
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
      foreign(name, 120),
      code(oid),
      amount(calls),
      amount(callsAfterDeparture),
      AFTER[after],
      lastCall === undefined ? 'none' : time(lastCall),
    ]),
  )}`;
}

const AFTER: Readonly<Record<AuditFacts['related'][number]['after'], Markup>> = {
  none: markup`no call after`,
  'as-before': markup`as before`,
  changed: chip({ text: 'changed', tone: 'bad' }),
};

function whenOf(afterDeparture: boolean): Markup {
  return afterDeparture ? chip({ text: 'after departure', tone: 'bad' }) : markup`before`;
}
