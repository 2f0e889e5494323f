import type { Schemas } from '../../api.ts';
import { List } from '../../parts/list/list.tsx';
import { Known } from '../../parts/people/known.tsx';
import { Time } from '../../parts/time/time.tsx';

type Row = Schemas['Denied'];

type Change = NonNullable<Row['changes']>[number];

const CHANGES: Readonly<Record<Change['what'], string>> = {
  contained: 'Contained',
  extended: 'Extended',
  stood: 'Asked for what was there',
  'taken-over': 'A case took over',
  'given-back': 'The case gave up, and the containment counts again',
  released: 'Released',
  ended: 'Ended by itself',
};

/** What became of a denial, the latest first. */
export function History({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0)
    return <p className="hint">No person changed this denial: it came from a case, or was found on the list.</p>;
  return (
    <>
      <h2>What people did</h2>
      <List
        caption="What people did, the newest first"
        rows={changes.toReversed()}
        keyOf={({ generation, at, what }) => `${generation} ${at} ${what}`}
        columns={[
          { title: 'What', show: ({ what }) => CHANGES[what] },
          { title: 'When', show: ({ at }) => <Time at={at} /> },
          { title: 'By', show: ({ by }) => <Known by={by} /> },
          { title: 'Why', show: ({ why }) => why },
          { title: 'Until', show: ({ until }) => (until === undefined ? '' : <Time at={until} />) },
        ]}
      />
      <p className="hint">The last twenty are kept here; all of them stand in the audit.</p>
    </>
  );
}
