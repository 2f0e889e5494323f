import { isArray, isObject, type Json, type JsonObject, property } from '../json.ts';

const DEPLOYMENTS = 'microsoft.resources/deployments';

/**
 * The requests that a template becomes, each of which policies look at by itself: a nested deployment is the resources
 * of its template, and a child resource has its parents' types before its own.
 * learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#nested-template
 */
export function requestsOf(template: Json | undefined): readonly JsonObject[] {
  return children(template).flatMap((resource) => requests(resource, undefined));
}

function requests(resource: JsonObject, parent: string | undefined): readonly JsonObject[] {
  const own = String(resource.type);
  const type = parent === undefined ? own : `${parent}/${own}`;
  if (type.toLowerCase() === DEPLOYMENTS) return requestsOf(property(property(resource, 'properties'), 'template'));
  const { resources: _children, ...request } = resource;
  return [{ ...request, type }, ...children(resource).flatMap((child) => requests(child, type))];
}

const children = (of: Json | undefined): readonly JsonObject[] => {
  const list = property(of, 'resources');
  return isArray(list) ? list.filter(isObject) : [];
};
