import { patternFaults } from './pattern-rules.ts';
import type { PolicyFault } from './policy-fault.ts';
import { type Expression, withoutLiterals } from './scan-expressions.ts';

/**
 * The .NET types that expressions may name, and the members of those that are not allowed whole:
 * learn.microsoft.com/azure/api-management/api-management-policy-expressions#CLRTypes
 * The compiler knows more types than API Management does, and API Management checks little before it runs: so they are
 * checked here, by their names. What an instance's members are called is not checked.
 */
const TYPES: ReadonlySet<string> = new Set([
  ...['Array', 'BitConverter', 'Boolean', 'Byte', 'Char', 'Convert', 'DateTime', 'DateTimeKind', 'DateTimeOffset'],
  ...['Decimal', 'Dictionary', 'Double', 'Encoding', 'Enumerable', 'Exception', 'Guid', 'HashSet', 'ICollection'],
  ...['IDictionary', 'IEnumerable', 'IEnumerator', 'IList', 'IReadOnlyCollection', 'IReadOnlyDictionary', 'ISet'],
  ...['Int16', 'Int32', 'Int64', 'IPAddress', 'JArray', 'JContainer', 'JObject', 'JProperty', 'JRaw', 'JToken'],
  ...['JTokenType', 'JValue', 'JsonConvert', 'Jwt', 'KeyValuePair', 'List', 'Math', 'MidpointRounding', 'Nullable'],
  ...['Queue', 'Random', 'Regex', 'RegexOptions', 'SByte', 'Single', 'Stack', 'String', 'StringBuilder'],
  ...['StringComparer', 'StringComparison', 'StringReader', 'StringSplitOptions', 'StringWriter', 'TimeSpan'],
  ...['TimeZone', 'TimeZoneInfo', 'Tuple', 'UInt16', 'UInt32', 'UInt64', 'Uri', 'UriPartial', 'WebUtility'],
  'Newtonsoft.Json.Formatting',
]);

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  DateTime: ['DaysInMonth', 'IsLeapYear', 'MaxValue', 'MinValue', 'Now', 'Parse', 'Today', 'UtcNow'],
  DateTimeKind: ['Utc'],
  JsonConvert: ['SerializeObject', 'DeserializeObject'],
  Regex: ['IsMatch', 'Match', 'Matches', 'Replace', 'Unescape', 'Split'],
};

/** Words of C# that have no business in an expression. */
const WORDS: ReadonlySet<string> = new Set(
  'async await delegate dynamic fixed goto lock namespace stackalloc typeof unsafe using yield'.split(' '),
);

/** A named value in a text; API Management puts it in before it reads what the text is. */
export const NAMED_VALUE = /\{\{([\w.-]+)\}\}/g;

export function expressionFaults(file: string, expression: Expression): PolicyFault[] {
  const { code, line } = expression;
  const faults: PolicyFault[] = [];
  const fault = (at: number, message: string): number =>
    faults.push({ file, line: line + code.slice(0, at).split('\n').length - 1, message });

  const bare = withoutLiterals(code);
  for (const match of bare.matchAll(/(?<![\w.])([A-Za-z_]\w*)((?:\s*\.\s*[A-Za-z_]\w*)*)/g)) {
    const [, first = '', rest = ''] = match;
    if (WORDS.has(first)) fault(match.index, `${first} is not for expressions`);
    if (!/^[A-Z]/.test(first)) continue;
    const members = rest.split('.').map((part) => part.trim());
    const full = first === 'Newtonsoft' || first === 'System' ? [first, ...members.slice(1, 3)].join('.') : first;
    const member = members[1];
    if (!TYPES.has(full)) fault(match.index, `the type ${full} is not allowed in expressions`);
    else if (member !== undefined && MEMBERS[full]?.includes(member) === false) {
      fault(match.index, `${full}.${member} is not allowed in expressions`);
    }
  }
  const body = /\bResponse\s*\.\s*Body\b/.exec(bare);
  if (body !== null) fault(body.index, 'the body of the response must not be read: it would be buffered');
  faults.push(...patternFaults(file, expression, bare));
  // Whoever may write a named value could write code: its text is put in before anything is compiled.
  if (code.includes('{{')) fault(code.indexOf('{{'), 'a named value has no business in an expression');
  return faults;
}
