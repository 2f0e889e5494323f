import { limit, OID, policy, TO_SERVER, tokenCheck, when } from '../../support/gateway.ts';

export const GUARD = tokenCheck();
/** Behind the check of the token. */
export const limited = (text: string): string => policy(`<base />${GUARD}${text}${TO_SERVER}`);
const set = (name: string, value: string): string => `<set-variable name="${name}" value="${value}" />`;
const read = (name: string): string => `@((string)context.Variables["${name}"])`;
const HEADER = `@(context.Request.Headers.GetValueOrDefault("Authorization", "").Split(' ')[1].AsJwt()?.Claims["oid"][0])`;
export const RETURN = '<return-response><set-status code="403" reason="No" /></return-response>';
const ALLOWED = '(string)context.Variables["refusal"] == ""';
const REFUSED = '(string)context.Variables["refusal"] != ""';

/** One API each, with one policy of its own: all are judged at once, `a` stands for its name. */
export const POLICIES: readonly (readonly [situation: string, text: string, said: string])[] = [
  ['50 a minute by the oid of the checked token', limited(limit()), 'pass'],
  ['fewer', limited(limit('10')), 'pass'],
  ['more', limited(limit('51')), 'fail: limit-too-high a'],
  [
    '250 in five minutes, all of which may be made in one',
    limited(limit('250', OID, 'renewal-period="300"')),
    'fail: limit-too-high a',
  ],
  ['25 in half a minute', limited(limit('25', OID, 'renewal-period="30"')), 'pass'],
  ['50 in half a minute', limited(limit('50', OID, 'renewal-period="30"')), 'fail: limit-too-high a'],
  ['no limit', limited(''), 'fail: no-limit a'],
  ['a limit by subscription', limited('<rate-limit calls="50" renewal-period="60" />'), 'fail: no-limit a'],
  ['a limit in a comment', limited(`<!-- ${limit()} -->`), 'fail: no-limit a'],
  ['key = IP', limited(limit('50', '@(context.Request.IpAddress)')), 'fail: key-address a'],
  ['oid and IP', limited(limit('50', `${OID.slice(0, -1)} + context.Request.IpAddress)`)), 'fail: key-address a'],
  ['a limit by address and one by principal', limited(limit('1000', '@(context.Request.IpAddress)') + limit()), 'pass'],
  ['AsJwt() before the check', policy(`${limit('50', HEADER)}${GUARD}${TO_SERVER}`), 'fail: key-not-validated a'],
  ['AsJwt() behind the check', limited(limit('50', HEADER)), 'unknown: unreadable'],
  [
    'AsJwt() before the check, by way of a variable',
    policy(`${set('oid', HEADER)}${GUARD}${limit('50', read('oid'))}${TO_SERVER}`),
    'fail: key-not-validated a',
  ],
  [
    'a token that takes the checked one’s place',
    policy(`${GUARD}${set('jwt', '@(context.Request.Headers["X"][0].AsJwt())')}${limit()}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  ['the oid by way of a variable', limited(set('oid', OID) + limit('50', read('oid'))), 'pass'],
  [
    'the oid, parsed',
    limited(
      set(
        'oid',
        '@{ Guid id; /* " */ return Guid.TryParse(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("oid", ""), out id) ? id.ToString() : ""; }',
      ) + limit('50', read('oid')),
    ),
    'pass',
  ],
  [
    'the oid of a local',
    limited(limit('50', '@{ var jwt = (Jwt)context.Variables["jwt"]; return jwt.Claims["oid"].FirstOrDefault(); }')),
    'pass',
  ],
  [
    'the oid behind a word',
    limited(limit('50', '@("mcp " + ((Jwt)context.Variables["jwt"]).Claims["oid"][0])')),
    'pass',
  ],
  [
    'a variable that is set in a branch',
    limited(when('true', set('oid', OID)) + limit('50', read('oid'))),
    'unknown: unreadable',
  ],
  ['a variable that nothing sets', limited(limit('50', read('oid'))), 'unknown: unreadable'],
  ['another claim', limited(limit('50', OID.replace('oid', 'azp'))), 'fail: key-other a'],
  ['the same for all', limited(limit('50', 'all')), 'fail: key-other a'],
  ['a header of the caller’s', limited(limit('50', '@(context.Request.Headers["X-Caller"][0])')), 'fail: key-other a'],
  ['a key that is not understood', limited(limit('50', '@(Foo(context.Variables["jwt"]))')), 'unknown: unreadable'],
  ['another one for each call', limited(limit('50', '@($"{context.RequestId} {{\\" }}")')), 'fail: key-other a'],
  ['the oid in a hole', limited(limit('50', `@($"{${OID.slice(2, -1)}}")`)), 'unknown: unreadable'],
  ['a verbatim text with holes', limited(limit('50', '@($@"{context.RequestId}")')), 'unknown: unreadable'],
  ['a limit behind what forwards', limited(`<forward-request />${limit()}`), 'unknown: unreadable'],
  [
    'what is refused is forwarded',
    policy(`${GUARD}${limit()}${TO_SERVER}`, { onError: '<forward-request />' }),
    'unknown: unreadable',
  ],
  ['a number by expression', limited(limit('@(int.Parse("50"))')), 'unknown: unreadable'],
  [
    'a count that leaves calls out',
    limited(limit('50', OID, 'renewal-period="60" increment-condition="@(false)"')),
    'unknown: unreadable',
  ],
  ['a limit in a branch', limited(when('context.Request.Method == "POST"', limit())), 'unknown: unreadable'],
  ['a limit in each branch', limited(when('context.Request.Method == "POST"', limit(), limit('20'))), 'pass'],
  ['no limit where nothing is forwarded', limited(when(ALLOWED, limit()) + when(REFUSED, RETURN)), 'pass'],
  [
    'the same, and the variable changes between',
    limited(when(ALLOWED, limit()) + set('refusal', '') + when(REFUSED, RETURN)),
    'unknown: unreadable',
  ],
  [
    'the same, and an answer in one branch of two',
    limited(when(ALLOWED, limit()) + when(REFUSED, when('true', RETURN))),
    'unknown: unreadable',
  ],
  ['an unread fragment', limited(`<include-fragment fragment-id="none" />${limit()}`), 'unknown: unreadable'],
];
