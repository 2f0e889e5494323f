import { isIPv4 } from 'node:net';
import { each, matching, type Rule } from './rule.ts';

/** `/subscriptions/…/resourceGroups/…/providers/<type>/…`; the provider compares the fixed parts case-sensitively. */
export function armId(selector: string, type: string): Rule {
  const [namespace = '', ...segments] = type.split('/');
  const children = segments.map((segment) => `/${segment}/[^/]+`).join('');
  const pattern = new RegExp(
    `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${namespace.replaceAll('.', '\\.')}${children}$`,
  );
  return matching(selector, pattern, `expected the resource id of a ${type}`);
}

/** Any resource's id. */
export function anyArmId(selector: string): Rule {
  return matching(selector, /^\/(subscriptions|providers)\/[^/]+/, 'expected a resource id');
}

export function guid(selector: string): Rule {
  return matching(selector, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'expected a GUID');
}

export function json(selector: string): Rule {
  return each(selector, (value) => {
    try {
      JSON.parse(String(value));
      return undefined;
    } catch (error) {
      return `expected JSON: ${(error as Error).message}`;
    }
  });
}

/** A range whose address is the range's first: Azure refuses 10.50.1.7/24. */
export function cidr(selector: string): Rule {
  return each(selector, (value) => {
    const [address = '', prefix = '', rest] = String(value).split('/');
    const bits = Number(prefix);
    if (!isIPv4(address) || !/^\d+$/.test(prefix) || bits > 32 || rest !== undefined)
      return `expected a range such as 10.50.1.0/24, got ${String(value)}`;
    const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return number % 2 ** (32 - bits) === 0 ? undefined : `${String(value)} has bits set beyond its prefix`;
  });
}

/** `1-65535`, `*`, `443` or `8000-9000`. */
export function portRange(selector: string): Rule {
  return each(selector, (value) => {
    const text = String(value);
    const ports = text.split('-').map(Number);
    const [from = Number.NaN, to = from] = ports;
    const sound = ports.length <= 2 && ports.every((port) => Number.isInteger(port) && port >= 0 && port <= 65_535);
    return text === '*' || (sound && from <= to)
      ? undefined
      : `expected ports such as 443, 8000-9000 or *, got ${text}`;
  });
}

/** An ISO 8601 duration. */
export function duration(selector: string): Rule {
  return matching(
    selector,
    /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'expected an ISO 8601 duration such as PT10M',
  );
}

export function instant(selector: string): Rule {
  return matching(
    selector,
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
    'expected a time such as 2026-01-01T00:00:00Z',
  );
}
