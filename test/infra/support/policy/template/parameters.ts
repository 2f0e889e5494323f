import { UnsupportedPolicy } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, property } from '../json.ts';

/**
 * What `parameters()` answers: values of the assignment over defaults of the definition. Throws where Azure would
 * refuse the assignment: a value that nobody declared, of the wrong type, not allowed, or missing.
 */
export function parameterValues(declared: JsonObject, assigned: JsonObject): Readonly<Record<string, Json>> {
  for (const name of Object.keys(assigned)) {
    if (property(declared, name) === undefined) throw new UnsupportedPolicy('parameter is not declared', name);
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const value = property(property(assigned, name), 'value') ?? property(declaration, 'defaultValue');
      if (value === undefined) throw new UnsupportedPolicy('parameter has no value', name);
      requireAllowed(name, value, declaration);
      return [name, value];
    }),
  );
}

function requireAllowed(name: string, value: Json, declaration: Json): void {
  const type = property(declaration, 'type');
  const fits = type === 'Array' ? isArray(value) : type === 'String' && typeof value === 'string';
  if (!isObject(declaration) || !fits) throw new UnsupportedPolicy(`parameter ${name} is not of type ${type}`, value);
  const allowed = property(declaration, 'allowedValues');
  if (isArray(allowed) && !allowed.includes(value)) throw new UnsupportedPolicy(`parameter ${name}`, value);
}
