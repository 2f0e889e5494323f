import { CSharpFault, compact } from './parsing/csharp.ts';
import type { PolicyValue } from './parsing/parse-policy.ts';

/** By what calls are counted. */
export const LIMIT_KEYS = ['oid', 'address', 'unvalidated-token', 'other', 'unclear'] as const;
export type LimitKey = (typeof LIMIT_KEYS)[number];

/** Something that puts a value in a variable; `token` is what a check of a token puts there. */
export interface Definition {
  readonly variable: string;
  readonly at: number;
  readonly conditional: boolean;
  readonly value: PolicyValue | 'token' | 'unclear';
}

const JWT = String.raw`(?:\(\(Jwt\)context\.Variables\["(\w+)"\]\)|context\.Variables\.GetValueOrDefault<Jwt>\("(\w+)"(?:,null)?\))`;
const OID = String.raw`\??\.Claims(?:\.GetValueOrDefault\("oid"(?:,"")?\)|\["oid"\](?:\[0\]|\.First\(\)|\.FirstOrDefault\(\)))`;
const VARIABLE = String.raw`(?:\(\(string\)context\.Variables\["(\w+)"\]\)|\(string\)context\.Variables\["(\w+)"\]|context\.Variables\.GetValueOrDefault<string>\("(\w+)"(?:,"")?\))`;
const PLAIN = String.raw`(?:\.(?:ToLowerInvariant|ToLower|ToString|Trim)\(\))*`;
/** Words before it or behind it leave each principal a count of its own. */
const AROUND = String.raw`(?:"[^"\\]*"\+)?(?:NAME)${PLAIN}(?:\+"[^"\\]*")?`;
const around = (name: string): RegExp => {
  const one = AROUND.replace('NAME', name);
  return new RegExp(String.raw`^(?:\(${one}\)|${one}|return ${one};)$`);
};
const ONE_OID = around(JWT + OID);
const ONE_VARIABLE = around(VARIABLE);
const PARSED_OID = new RegExp(
  String.raw`^Guid (\w+);return Guid\.TryParse\(${JWT}${OID},out \1\)\?\1\.ToString\(\):"";$`,
);

/** Deeper than any policy passes a value from variable to variable. */
const MOST_PASSED = 6;

/**
 * By what a count is kept whose key this is, at its place among the rest. Only what is known to be the `oid` of the token
 * that was checked is said to be; a form that is not known is unclear.
 */
export function limitKeyOf(
  value: PolicyValue,
  at: number,
  definitions: readonly Definition[],
  passed: number = 0,
): LimitKey {
  if (value.kind === 'literal') return value.text.includes('{{') ? 'unclear' : 'other';
  let code: string;
  try {
    code = withoutLocal(compact(value.text));
  } catch (error) {
    if (error instanceof CSharpFault) return 'unclear';
    throw error;
  }
  if (/\.IpAddress\b|x-forwarded-for/i.test(code)) return 'address';
  if (/\bAsJwt\(/.test(code)) return isChecked(at, definitions) ? 'unclear' : 'unvalidated-token';
  const oid = ONE_OID.exec(code)?.slice(1) ?? PARSED_OID.exec(code)?.slice(2);
  const token = oid?.find((name) => name !== undefined);
  if (token !== undefined) return ofToken(token, at, definitions);
  const variable = ONE_VARIABLE.exec(code)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (variable !== undefined) return ofVariable(variable, at, definitions, passed);
  // What says nothing of variables cannot be an oid that was judged.
  return code.includes('context.Variables') && !/\.Claims\b(?!.*"oid")/.test(code) ? 'unclear' : 'other';
}

/** `Jwt jwt = …; return jwt.Claims…` without its local variable. */
function withoutLocal(code: string): string {
  const local = /^(?:Jwt|var) (\w+)=(?:\()?((?:\(Jwt\)context\.Variables\["\w+"\]))\)?;(return .*)/s.exec(code);
  const [, name = '', jwt = '', rest = ''] = local ?? [];
  return local === null ? code : rest.replaceAll(new RegExp(String.raw`\b${name}(?=\??\.)`, 'g'), `(${jwt})`);
}

function ofToken(variable: string, at: number, definitions: readonly Definition[]): LimitKey {
  const last = lastOf(variable, at, definitions);
  if (last === undefined || last.conditional || last.value === 'unclear') return 'unclear';
  if (last.value === 'token') return 'oid';
  const key = limitKeyOf(last.value, last.at, definitions);
  return key === 'unvalidated-token' ? key : 'unclear';
}

function ofVariable(variable: string, at: number, definitions: readonly Definition[], passed: number): LimitKey {
  const last = lastOf(variable, at, definitions);
  if (last === undefined || last.conditional || passed >= MOST_PASSED) return 'unclear';
  if (last.value === 'token' || last.value === 'unclear') return 'unclear';
  return limitKeyOf(last.value, last.at, definitions, passed + 1);
}

function lastOf(variable: string, at: number, definitions: readonly Definition[]): Definition | undefined {
  return definitions.findLast((each) => each.variable === variable && each.at < at);
}

function isChecked(at: number, definitions: readonly Definition[]): boolean {
  return definitions.some((each) => each.value === 'token' && !each.conditional && each.at < at);
}
