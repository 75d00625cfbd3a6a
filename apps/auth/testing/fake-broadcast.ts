import { Broadcast, type BroadcastPayload, type BroadcastTopic } from '#libs/service';

/** Remembers what was published. */
export class FakeBroadcast extends Broadcast {
  readonly published: { readonly topic: BroadcastTopic; readonly payload: unknown }[] = [];

  publish<T extends BroadcastTopic>(topic: T, payload: BroadcastPayload<T>): void {
    this.published.push({ topic, payload });
  }

  subscribe(): void {
    // Nobody else speaks in a test.
  }

  of(topic: BroadcastTopic): unknown[] {
    return this.published.filter((broadcast) => broadcast.topic === topic).map(({ payload }) => payload);
  }
}
