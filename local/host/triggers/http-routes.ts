/** One HTTP function's place in the address space. */
export interface Route<T> {
  readonly template: string;
  /** In upper case; empty means every method. */
  readonly methods: readonly string[];
  readonly target: T;
}

export interface RouteMatch<T> {
  readonly target: T;
  readonly params: Readonly<Record<string, string>>;
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'param' | 'rest';
      readonly name: string;
      readonly optional: boolean;
      readonly fallback: string | undefined;
      readonly constraint: ((value: string) => boolean) | undefined;
    };

const CONSTRAINTS: Readonly<Record<string, RegExp>> = {
  alpha: /^[a-z]*$/i,
  bool: /^(true|false)$/i,
  decimal: /^-?\d+(\.\d+)?$/,
  double: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i,
  float: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i,
  guid: /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i,
  int: /^-?\d{1,10}$/,
  long: /^-?\d{1,19}$/,
  datetime: /^\d{4}-\d{2}-\d{2}/,
};

/**
 * Finds functions by route as ASP.NET Core does for the Functions host: without case; literal segments before
 * constrained parameters before free ones before `{*rest}`. A wrong method is a 404 on Azure too: the method is a
 * constraint of the route, not a separate check.
 */
export function createRouter<T>(
  routes: readonly Route<T>[],
): (method: string, path: string) => RouteMatch<T> | undefined {
  const parsed = routes
    .map((route) => ({ route, segments: splitPath(route.template).map(segmentOf) }))
    .sort((a, b) => comparePrecedence(a.segments, b.segments));

  return (method, path) => {
    const parts = splitPath(path);
    for (const { route, segments } of parsed) {
      if (route.methods.length > 0 && !route.methods.includes(method.toUpperCase())) continue;
      const params = matchSegments(segments, parts);
      if (params !== undefined) return { target: route.target, params };
    }
    return undefined;
  };
}

function splitPath(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function segmentOf(text: string): Segment {
  const match = /^\{(\*{0,2})([^:=?}]+)((?::[^=?}]+)*)(?:=([^?}]*))?(\?)?\}$/.exec(text);
  if (match === null) {
    if (/[{}]/.test(text)) throw new Error(`The route segment "${text}" is not supported by the local host.`);
    return { kind: 'literal', text: text.toLowerCase() };
  }
  const [, star = '', name = '', constraints = '', fallback, optional] = match;
  const checks = constraints.split(':').filter(Boolean).map(constraintOf);
  return {
    kind: star === '' ? 'param' : 'rest',
    name,
    fallback,
    optional: optional !== undefined || star !== '' || fallback !== undefined,
    constraint: checks.length === 0 ? undefined : (value) => checks.every((check) => check(value)),
  };
}

function constraintOf(text: string): (value: string) => boolean {
  const [, name = '', argument] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const known = CONSTRAINTS[name.toLowerCase()];
  if (known !== undefined) return (value) => known.test(value);
  const numbers = (argument ?? '').split(',').map(Number);
  const [first = 0, second = first] = numbers;
  switch (name.toLowerCase()) {
    case 'length':
      return (value) => value.length >= first && value.length <= second;
    case 'minlength':
      return (value) => value.length >= first;
    case 'maxlength':
      return (value) => value.length <= first;
    case 'min':
      return (value) => Number(value) >= first;
    case 'max':
      return (value) => Number(value) <= first;
    case 'range':
      return (value) => Number(value) >= first && Number(value) <= second;
    case 'required':
      return (value) => value !== '';
    case 'regex': {
      const pattern = new RegExp(argument ?? '', 'i');
      return (value) => pattern.test(value);
    }
    default:
      throw new Error(`The route constraint "${text}" is not supported by the local host.`);
  }
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const part = parts[i];
    if (segment.kind === 'literal') {
      if (part?.toLowerCase() !== segment.text) return undefined;
      continue;
    }
    const value = segment.kind === 'rest' ? parts.slice(i).map(decode).join('/') : part && decode(part);
    if (value === undefined || value === '') {
      if (!segment.optional) return undefined;
      if (segment.fallback !== undefined) params[segment.name] = segment.fallback;
      continue;
    }
    if (segment.constraint?.(value) === false) return undefined;
    params[segment.name] = value;
    if (segment.kind === 'rest') return params;
  }
  return parts.length > segments.length ? undefined : params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function comparePrecedence(a: readonly Segment[], b: readonly Segment[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = rankOf(a[i]) - rankOf(b[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rankOf(segment: Segment | undefined): number {
  if (segment === undefined) return 0;
  if (segment.kind === 'literal') return 1;
  return (segment.kind === 'rest' ? 4 : 2) + (segment.constraint === undefined ? 1 : 0);
}
