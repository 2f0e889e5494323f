import type { Case } from '../api.ts';

export type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'quiet';

const OUTCOMES: Readonly<Record<string, readonly [tone: Tone, words: string]>> = {
  clear: ['good', 'Clear'],
  residual: ['good', 'Residual'],
  attention: ['warn', 'Attention'],
  incomplete: ['warn', 'Incomplete'],
  failed: ['bad', 'Failed'],
};
const NOTHING_FOUND = ['quiet', 'Nothing found to cut'] as const;
const STATES: Readonly<Record<Case['state'], readonly [tone: Tone, words: string]>> = {
  scheduled: ['quiet', 'Scheduled'],
  open: ['wait', 'Open'],
  running: ['wait', 'Running'],
  filed: ['quiet', 'Filed'],
  refused: ['bad', 'Refused'],
  cancelled: ['quiet', 'Cancelled'],
  failed: ['bad', 'Failed'],
};

interface Shown {
  readonly tone: Tone;
  /** Seen before the words, where a colour alone would have to be told from another. */
  readonly sign?: string;
  readonly children: string;
}

export function Chip({ tone, sign, children }: Shown) {
  return (
    <span className={`chip ${tone}`}>
      {sign !== undefined && <span aria-hidden="true">{sign}</span>}
      {children}
    </span>
  );
}

/** How a case stands: its outcome once it is filed, else its state; an incident beside either. */
export function Standing({ row }: { readonly row: Pick<Case, 'state' | 'outcome' | 'incident' | 'onHold' | 'mode'> }) {
  // A plan cut nobody off: where it found nothing, nobody is clear by it.
  const found = row.mode === 'plan' && row.outcome === 'clear' ? NOTHING_FOUND : OUTCOMES[row.outcome ?? ''];
  const outcome = row.state === 'filed' ? found : undefined;
  const [tone, words] = outcome ?? (row.onHold !== undefined ? (['warn', 'On hold'] as const) : STATES[row.state]);
  return (
    <span className="chips">
      {row.incident === true && <Chip tone="bad">Incident</Chip>}
      <Chip tone={tone}>{words}</Chip>
      {row.mode === 'plan' && <Chip tone="quiet">Plan only</Chip>}
    </span>
  );
}
