import { aliasNamed } from '../aliases.ts';
import { TemplateFailure, UnsupportedPolicy } from '../errors.ts';
import { fieldValue } from '../fields.ts';
import { isArray, isObject, type Json, property } from '../json.ts';
import type { Scope } from '../scope.ts';
import { select } from '../select.ts';
import { templateFunctions } from './template-functions.ts';
import { type Expression, parseTemplate, unescapeText } from './template-syntax.ts';

/** A value of the rule with its template expressions resolved, in arrays too. */
export function resolveTemplates(value: Json, scope: Scope): Json {
  if (isArray(value)) return value.map((member) => resolveTemplates(member, scope));
  if (isObject(value)) throw new UnsupportedPolicy('an object as a value is not implemented', value);
  if (typeof value !== 'string') return value;
  const expression = parseTemplate(value);
  return expression === undefined ? unescapeText(value) : evaluate(expression, scope);
}

function evaluate(expression: Expression, scope: Scope): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'member': {
      const value = property(evaluate(expression.of, scope), expression.name);
      if (value === undefined) throw new TemplateFailure(`there is no property ${expression.name}`);
      return value;
    }
    case 'call':
      return call(
        expression.name,
        expression.arguments.map((argument) => evaluate(argument, scope)),
        scope,
      );
    default:
      return expression satisfies never;
  }
}

function call(name: string, values: readonly Json[], scope: Scope): Json {
  switch (name.toLowerCase()) {
    case 'parameters':
      return parameter(textArgument(name, values), scope);
    case 'field':
      return field(textArgument(name, values), scope);
    case 'current':
      return current(values.length === 0 ? undefined : textArgument(name, values), scope);
    default: {
      const implementation = templateFunctions.get(name.toLowerCase());
      if (implementation === undefined) throw new UnsupportedPolicy('template function is not implemented', name);
      return implementation(values);
    }
  }
}

function parameter(name: string, { parameters }: Scope): Json {
  const value = property(parameters, name);
  if (value === undefined) throw new UnsupportedPolicy('parameter is not declared or has no value', name);
  return value;
}

/** `field()` answers an array for a `[*]` alias, and an empty text for a plain value that is missing. */
function field(name: string, scope: Scope): Json {
  const found = fieldValue(name, scope);
  return found.kind === 'collection' ? found.values.map((value) => value ?? null) : (found.value ?? '');
}

/**
 * The member that a `count` stands on, or a property of it. What a missing property gives is not documented: null
 * here, on which most functions fail, so that a rule has to guard against it.
 */
function current(name: string | undefined, scope: Scope): Json {
  if (name === undefined && scope.counts.length !== 1) {
    throw new UnsupportedPolicy('current() without a name needs exactly one count around it');
  }
  const wanted = name?.toLowerCase();
  const value = scope.counts.find(
    (count) => count.kind === 'value' && (wanted === undefined || count.name.toLowerCase() === wanted),
  );
  if (value?.kind === 'value') return value.member;
  const counted = scope.counts.find(
    (count) => count.kind === 'field' && (wanted === undefined || wanted.startsWith(count.alias.toLowerCase())),
  );
  if (counted?.kind !== 'field') throw new UnsupportedPolicy('current() names no count around it', name ?? '');
  const selected = select(scope.resource, aliasNamed(name ?? counted.alias).path, scope.pins);
  if (selected.length !== 1) throw new UnsupportedPolicy('current() selects more than one member', name ?? '');
  return selected[0]?.value ?? null;
}

function textArgument(name: string, values: readonly Json[]): string {
  const [value, ...others] = values;
  if (typeof value !== 'string' || others.length > 0) {
    throw new UnsupportedPolicy('template function wants one text argument', name);
  }
  return value;
}
