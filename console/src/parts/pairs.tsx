type Value = string | number | boolean | null | readonly string[];

/** Plain values under their names, for a list of facts. */
export function Pairs({ of }: { readonly of: Readonly<Record<string, Value>> }) {
  return Object.entries(of).map(([name, value]) => <Pair key={name} name={name} value={value} />);
}

function Pair({ name, value }: { readonly name: string; readonly value: Value }) {
  return (
    <>
      <dt>{name.replaceAll('_', ' ')}</dt>
      <dd>
        {Array.isArray(value) ? (
          <ul>
            {value.map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list as it was filed, in which a text may stand twice
              <li key={at}>
                <code>{each}</code>
              </li>
            ))}
            {value.length === 0 && <li>none</li>}
          </ul>
        ) : (
          <code>{value === null ? 'not known' : String(value)}</code>
        )}
      </dd>
    </>
  );
}
