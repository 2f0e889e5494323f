/** What somebody might send to make a gateway slow: messages of about so many bytes, by what is in them. */
export const HOSTILE: Readonly<Record<string, (bytes: number) => string>> = {
  'one long text': (bytes) => call(`"content":"${'x'.repeat(bytes)}"`),
  'escaped quotes': (bytes) => call(`"content":"${repeat('\\"', bytes)}"`),
  'escapes by number': (bytes) => call(`"path":"${repeat('\\u0041', bytes)}"`),
  'backslashes and no end': (bytes) => call(`"path":"${repeat('\\\\', bytes)}`),
  'quotes and nothing else': (bytes) => '"'.repeat(bytes),
  'quotes that open and do not close': (bytes) => repeat('"a', bytes),
  spaces: (bytes) => call(`"path":${' '.repeat(bytes)}"x"`),
  'spaces behind the message': (bytes) => call('') + ' '.repeat(bytes),
  'one long number': (bytes) => call(`"name":${'1'.repeat(bytes)}`),
  'many numbers': (bytes) => call(`"rows":[${list('0', bytes)}]`),
  'many values of a known argument': (bytes) => call(`"paths":[${list('"/a"', bytes)}]`),
  'many empty objects': (bytes) => call(`"rows":[${list('{}', bytes)}]`),
  'deep nesting, again and again': (bytes) => call(`"rows":[${list('['.repeat(55) + ']'.repeat(55), bytes)}]`),
  'brackets that never close': (bytes) => repeat('[{"a":', bytes),
  'many keys': (bytes) => call(keys(bytes, (at) => `k${at}`)),
  'many keys in reverse order': (bytes) => call(keys(bytes, (at) => `k${9_999_999 - at}`)),
  'many keys with one beginning': (bytes) => call(keys(bytes, (at) => `${'k'.repeat(200)}${at}`)),
  'objects of a thousand keys': (bytes) => call(`"rows":[${list(`{${keys(12_000, (at) => `k${at}`)}}`, bytes)}]`),
  'ten thousand long keys': (bytes) => call(keys(bytes, (at) => `${'k'.repeat(bytes / 10_000)}${at}`)),
  'one long key': (bytes) => call(`"${'k'.repeat(bytes)}":1`),
  'the same key again and again': (bytes) => call(list('"path":"/a"', bytes)),
  // Of .NET's string hash before it was randomised, which Mono has still.
  'keys with one hash': (bytes) => call(keys(bytes, colliding)),
  'many unknown keys of the message': (bytes) => call('').replace('{', `{${keys(bytes, (at) => `k${at}`)},`),
  'addresses in one argument': (bytes) => call(`"uri":"${repeat('http://a:b@c?d#e ', bytes)}"`),
  'an address without end': (bytes) => call(`"uri":"http://${'a'.repeat(bytes)}"`),
  'signs that begin a query': (bytes) => call(`"uri":"http://a/${repeat('?', bytes)}"`),
  'control characters': (bytes) => call(`"path":"${repeat('\\n', bytes)}"`),
  'made-up names that end like known ones': (bytes) => call(keys(bytes, (at) => `x${at}_path`)),
  'known names with underscores': (bytes) => call(keys(bytes, (at) => `${'_'.repeat(at % 50)}${at}_file_path`)),
  'known arguments within others': (bytes) => call(`"rows":[${list('{"path":"/a"}', bytes)}]`),
  'lists within others': (bytes) => call(`"rows":[${list('{"paths":["/a","/b"]}', bytes)}]`),
  'lists under many names': (bytes) =>
    call(
      list(`"path":["${'a'.repeat(900)}"]`, bytes).replaceAll('path', () => `x${Math.random()}_path`.replace('.', '')),
    ),
  'what is almost a token': (bytes) => call(`"paths":[${list(`"${'x'.repeat(300)}Q+ASghp_.atlasv1eyJ"`, bytes)}]`),
  'beginnings of tokens': (bytes) => call(`"paths":[${list(`"${'ghp_eyJsk-npm_1Q~0.Axoxb-'.repeat(40)}"`, bytes)}]`),
  'a storage key again and again': (bytes) =>
    call(`"paths":[${list(`"${'AAAAAAAAAAAAAAAA+AS'.repeat(50)}+ASt"`, bytes)}]`),
  'names of secrets': (bytes) => call(`"paths":[${list(`"${'token secret key= sig='.repeat(50)}"`, bytes)}]`),
  'slashes and points': (bytes) => call(`"paths":[${list(`"${'/./'.repeat(1_300)}"`, bytes)}]`),
  'long values under known names': (bytes) =>
    call(
      ['uri', 'url', 'path', 'file', 'source', 'target', 'dir', 'name']
        .map((name) => `"${name}":"${'a/ '.repeat(bytes / 24)}"`)
        .join(','),
    ),
  'texts that begin like JSON': (bytes) => call(list('"x":"{"', bytes).replaceAll('"x"', () => `"x${Math.random()}"`)),
  'many resources to listen to': (bytes) =>
    `{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"resourceSubscriptions":[${list('"file:///a"', bytes)}]}}}`,
  'many roots': (bytes) => answers(`"roots":[${list('{"uri":"file:///srv/a"}', bytes)}]`),
  'many answers': (bytes) => `${START}"inputResponses":{${keys(bytes, (at) => `k${at}`).replaceAll(':1', ':{}')}}}}`,
  'an answer of many parts': (bytes) => answers(keys(bytes, (at) => `k${at}`)),
  'many capabilities': (bytes) =>
    `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"roots":{},${keys(bytes, (at) => `k${at}`)}}}}`,
  'many things about the request': (bytes) => `${START}"_meta":{${keys(bytes, (at) => `k${at}`)}}}}`,
  'a long name': (bytes) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${'a'.repeat(bytes)}"}}`,
  'a long method': (bytes) => `{"jsonrpc":"2.0","id":1,"method":"${'a/'.repeat(bytes / 2)}"}`,
  'a long id': (bytes) => `{"jsonrpc":"2.0","id":"${'a'.repeat(bytes)}","method":"ping"}`,
  'characters of four bytes': (bytes) => call(`"path":"${'😀'.repeat(bytes / 4)}"`),
};

const START = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_file","arguments":{},';

function call(inside: string): string {
  return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_file","arguments":{${inside}}}}`;
}

function answers(inside: string): string {
  return `{"jsonrpc":"2.0","id":1,"result":{${inside}}}`;
}

function repeat(part: string, bytes: number): string {
  return part.repeat(Math.floor(bytes / part.length));
}

function list(item: string, bytes: number): string {
  return repeat(`${item},`, bytes).slice(0, -1);
}

function keys(bytes: number, keyOf: (at: number) => string): string {
  const members: string[] = [];
  for (let length = 0, at = 0; length < bytes; at += 1) {
    const member = `"${keyOf(at)}":1`;
    length += member.length + 1;
    members.push(member);
  }
  return members.join(',');
}

/** Texts of the same length whose h * 31 + character agree: "Aa" and "BB" do, and so do their combinations. */
function colliding(at: number): string {
  return Array.from({ length: 17 }, (_, bit) => ((at >> bit) & 1 ? 'Aa' : 'BB')).join('');
}
