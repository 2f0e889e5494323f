import type { Stack } from '../../../local/stack.ts';

/** Delivers something to the app's Event Grid endpoint as Event Grid does, and returns the status of the answer. */
export async function deliverEvent({ url }: Pick<Stack, 'url'>, event: unknown): Promise<number> {
  const answer = await fetch(`${url()}/runtime/webhooks/EventGrid?functionName=entraEvents`, {
    method: 'POST',
    headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/cloudevents+json; charset=utf-8' },
    body: JSON.stringify(event),
  });
  await answer.arrayBuffer();
  return answer.status;
}
