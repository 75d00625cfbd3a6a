import { sessionStarted } from '#libs/contracts/auth';
import type { EventActor, StoredEvent } from '#libs/events';

/** Who an event is to be put down to: a sign-in is done by nobody yet, and proves who it was. */
export function actorOf({ type, actor, payload }: StoredEvent): EventActor {
  if (type !== sessionStarted.type) return actor;
  return { kind: 'user', id: sessionStarted.payload.parse(payload).userId };
}
