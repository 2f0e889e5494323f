type Entity = Readonly<Record<string, unknown>>;

/** What the app asks tables: comparisons of a column with a text or an instant, joined by `and` and `or`. */
export function matching(filter: string | undefined): (entity: Entity) => boolean {
  if (filter === undefined) return () => true;
  const words = filter.match(/datetime'[^']*'|'(?:[^']|'')*'|[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const take = (): string => words[at++] ?? '';
  const either = (): ((entity: Entity) => boolean) => joined('or', both, (one, other) => one || other);
  const both = (): ((entity: Entity) => boolean) => joined('and', single, (one, other) => one && other);

  function joined(
    word: string,
    part: () => (entity: Entity) => boolean,
    join: (one: boolean, other: boolean) => boolean,
  ): (entity: Entity) => boolean {
    let all = part();
    while (words[at] === word) {
      take();
      const [before, next] = [all, part()];
      all = (entity) => join(before(entity), next(entity));
    }
    return all;
  }

  function single(): (entity: Entity) => boolean {
    if (words[at] === '(') {
      take();
      const inner = either();
      take();
      return inner;
    }
    const [column, compare, value] = [take(), take(), literal(take())];
    return (entity) => compared(compare, columnOf(entity, column), value);
  }

  const whole = either();
  if (at !== words.length) throw new Error(`cannot read the filter ${filter}`);
  return whole;
}

function literal(word: string): string {
  const text = /^(?:datetime)?'(.*)'$/.exec(word)?.[1];
  if (text === undefined) throw new Error(`cannot read ${word} in a filter`);
  return word.startsWith('datetime') ? new Date(text).toISOString() : text.replaceAll("''", "'");
}

function columnOf(entity: Entity, column: string): unknown {
  if (column === 'PartitionKey') return entity.partitionKey;
  if (column === 'RowKey') return entity.rowKey;
  return column === 'Timestamp' ? entity.timestamp : entity[column];
}

/** A row that has no such column matches no comparison. */
function compared(compare: string, value: unknown, other: string): boolean {
  if (typeof value !== 'string') return false;
  switch (compare) {
    case 'eq':
      return value === other;
    case 'ne':
      return value !== other;
    case 'lt':
      return value < other;
    case 'le':
      return value <= other;
    case 'gt':
      return value > other;
    case 'ge':
      return value >= other;
    default:
      throw new Error(`cannot compare by ${compare}`);
  }
}
