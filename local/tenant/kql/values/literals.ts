import type { SyntaxNode } from '../syntax/plain-syntax.ts';
import { kindOf, literalText, notImplemented } from '../syntax/syntax.ts';
import { timespan, type Value } from './values.ts';

const UNITS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** The value of a literal, or undefined where the node is none. */
export function literalValue(node: SyntaxNode): Value | undefined {
  const kind = kindOf(node);
  if (!/Literal|Dynamic/.test(kind)) return undefined;
  const { text } = node;
  switch (kind) {
    case 'StringLiteralExpression':
      return literalText(node);
    case 'BooleanLiteralExpression':
      return booleanOf(text, node);
    case 'LongLiteralExpression':
    case 'IntLiteralExpression':
    case 'RealLiteralExpression':
      return numberOf(text, node);
    case 'DateTimeLiteralExpression':
      return datetimeOf(text, node);
    case 'TimespanLiteralExpression':
      return timespanOf(text, node);
    case 'DynamicExpression':
      return JSON.parse(literalText(node)) as Value;
    default:
      return undefined;
  }
}

function booleanOf(text: string, node: SyntaxNode): Value {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^bool\(null\)$/i.test(text)) return null;
  throw notImplemented(node);
}

function numberOf(text: string, node: SyntaxNode): Value {
  const inner = /^(?:int|long|real|double)\((.*)\)$/i.exec(text)?.[1]?.trim() ?? text;
  if (inner === 'null') return null;
  const number = Number(inner);
  if (inner === '' || Number.isNaN(number)) throw notImplemented(node);
  return number;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?Z?)?$/;

/** ISO forms only, and always UTC, as the service takes a datetime without a zone. */
function datetimeOf(text: string, node: SyntaxNode): Value {
  const inner = /^datetime\((.*)\)$/i.exec(text)?.[1]?.trim();
  if (inner === 'null') return null;
  if (inner === undefined || !ISO.test(inner)) throw notImplemented(node);
  const iso = inner.length === 10 ? `${inner}T00:00:00Z` : `${inner.replace(' ', 'T').replace(/Z$/, '')}Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) throw notImplemented(node);
  return date;
}

function timespanOf(text: string, node: SyntaxNode): Value {
  const match = /^(\d+(?:\.\d+)?)(ms|d|h|m|s)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match === null || unit === undefined) throw notImplemented(node);
  return timespan(Number(match[1]) * unit);
}
