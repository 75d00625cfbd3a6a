import type { EventDefinition } from '#libs/contracts';
import type { StoredEvent, StoredEventOf } from './stored-event.js';

/** What a projection may use: the tenant's tables, within the transaction that also moves its checkpoint. */
export interface ProjectionDeps {
  readonly query: <R extends object>(sql: string, values?: readonly unknown[]) => Promise<R[]>;
}

/** A read model that is kept by events and can be dropped and rebuilt from them at any time. */
export interface Projection {
  /** `service.noun`, unique; the key of its checkpoints. */
  readonly name: string;
  /** Types of the events that it wants; null means all. */
  readonly types: readonly string[] | null;
  /** The tables that belong to it alone. A replay empties the tenant's rows of them, in this order. */
  readonly tables: readonly string[];
  /** In the order of their positions. */
  applyAll(events: readonly StoredEvent[], deps: ProjectionDeps): Promise<void>;
}

type Deed<Event> = (event: Event, deps: ProjectionDeps) => Promise<void>;

/** What is done must depend on the event and the projection's own tables alone, or a replay would differ. */
type Deeds<Event> =
  | { readonly apply: Deed<Event> }
  /** Many events in a statement or two: where a replay of a large log should be fast. */
  | { readonly applyAll: Deed<readonly Event[]> };

type ProjectionSpec<Event extends StoredEvent> = Deeds<Event> & Pick<Projection, 'name' | 'tables'>;

const tableName = /^[a-z_]+\.[a-z_]+$/;

/**
 * Declares a projection. `apply` sees each event once in effect: the change and the checkpoint commit together.
 *
 *     defineProjection({
 *       name: 'courses.people',
 *       tables: ['courses.people'],
 *       events: [userCreated, userRenamed],
 *       apply: async (event, { query }) => { … switch (event.type) … },
 *     })
 */
export function defineProjection<const Events extends readonly EventDefinition[]>(
  spec: ProjectionSpec<StoredEventOf<Events[number]>> & { readonly events: Events },
): Projection;
export function defineProjection(spec: ProjectionSpec<StoredEvent> & { readonly events: 'all' }): Projection;
export function defineProjection(
  spec: ProjectionSpec<never> & { readonly events: 'all' | readonly EventDefinition[] },
): Projection {
  const stray = spec.tables.find((table) => !tableName.test(table));
  if (stray !== undefined) throw new Error(`Projection ${spec.name}: ${stray} is not schema.table.`);
  return {
    name: spec.name,
    tables: spec.tables,
    types: spec.events === 'all' ? null : spec.events.map(({ type }) => type),
    // Only events of the declared types are handed in, whose payloads were checked when they were written.
    applyAll: 'applyAll' in spec ? spec.applyAll : oneByOne(spec.apply),
  };
}

function oneByOne<Event>(apply: Deed<Event>): Deed<readonly Event[]> {
  return async (events, deps) => {
    for (const event of events) await apply(event, deps);
  };
}
