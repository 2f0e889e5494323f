import type { ApprovedSubnet } from '../readings/network.ts';
import { type IpRange, ipRange, isWithin, overlap } from './ip-range.ts';

type Rule = NonNullable<ApprovedSubnet['securityGroup']>['rules'][number];

/** A rule that lets somebody in besides those who may; `unclear` where that depends on what Azure does not tell here. */
export interface Opening {
  readonly rule: Rule;
  /** Those of its sources that may not. */
  readonly sources: readonly string[];
  readonly unclear: boolean;
}

/** Azure’s own probes; nobody else has their address: learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const HARMLESS = ['azureloadbalancer'];

/**
 * The rules by which others than `callers` get into a subnet; a rule that an earlier one overrides wholly is none. Of
 * ranges nothing is said where it is not known who may (`callers` is empty). Rules of a network manager, which stand above
 * these, are not read. Source: learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
export function openings(
  rules: readonly Rule[],
  prefixes: readonly string[],
  callers: readonly IpRange[],
): readonly Opening[] {
  const subnet = prefixes.flatMap((each) => ipRange(each) ?? []);
  const inbound = rules.filter(({ direction }) => direction.toLowerCase() === 'inbound');
  const refusals = inbound.filter(({ access }) => access.toLowerCase() !== 'allow');
  return inbound
    .filter(({ access }) => access.toLowerCase() === 'allow')
    .toSorted((one, other) => one.priority - other.priority)
    .flatMap((rule): Opening[] => {
      if (!rule.destinations.some((each) => touches(each, subnet))) return [];
      if (refusals.some((each) => each.priority < rule.priority && overrides(each, rule, subnet))) return [];
      const sources = rule.sources.filter((each) => !mayCall(each, callers));
      if (sources.length === 0) return [];
      // Who is in a group of applications, only its members’ network cards tell.
      const plain = sources.some((each) => !isGroup(each)) && rule.destinations.some((each) => !isGroup(each));
      return [{ rule, sources, unclear: !plain }];
    });
}

const isAny = (text: string): boolean => text === '*' || text.toLowerCase() === 'any';
const isGroup = (text: string): boolean => text.startsWith('/');

function mayCall(source: string, callers: readonly IpRange[]): boolean {
  if (HARMLESS.includes(source.toLowerCase())) return true;
  const range = ipRange(source);
  // Every address is nobody’s alone.
  if (range === undefined || range.first === 0n) return false;
  return callers.length === 0 || callers.some((each) => isWithin(range, each));
}

/** What is no range may hold any address. */
function touches(destination: string, subnet: readonly IpRange[]): boolean {
  const range = ipRange(destination);
  return range === undefined || subnet.length === 0 || subnet.some((each) => overlap(range, each));
}

/** Whether an earlier rule refuses all that a later one lets in. */
function overrides(refusal: Rule, rule: Rule, subnet: readonly IpRange[]): boolean {
  return (
    (isAny(refusal.protocol) || refusal.protocol.toLowerCase() === rule.protocol.toLowerCase()) &&
    refusal.sourcePorts.some(isAny) &&
    rule.sources.every((each) => refusal.sources.some((outer) => covers(outer, each))) &&
    (rule.destinations.every((each) => refusal.destinations.some((outer) => covers(outer, each))) ||
      coversAll(refusal.destinations, subnet)) &&
    rule.ports.every((each) => refusal.ports.some((outer) => coversPorts(outer, each)))
  );
}

function covers(outer: string, inner: string): boolean {
  if (isAny(outer) || outer.toLowerCase() === inner.toLowerCase()) return true;
  const [one, other] = [ipRange(outer), ipRange(inner)];
  return one !== undefined && other !== undefined && isWithin(other, one);
}

function coversAll(destinations: readonly string[], subnet: readonly IpRange[]): boolean {
  const ranges = destinations.flatMap((each) => ipRange(each) ?? []);
  return subnet.length > 0 && subnet.every((each) => ranges.some((range) => isWithin(each, range)));
}

function coversPorts(outer: string, inner: string): boolean {
  if (isAny(outer) || outer === inner) return true;
  const [from, to] = portsOf(outer);
  const [first, last] = portsOf(inner);
  return first >= from && last <= to;
}

function portsOf(text: string): readonly [from: number, to: number] {
  const [from = '', to = from] = text.split('-');
  return isAny(text) ? [0, 65_535] : [Number(from), Number(to)];
}
