/**
 * The read models that are kept from other services' events. They follow within a moment; whoever misses something
 * there that may have happened just now lets them catch up and looks again.
 */
export abstract class FreshReadModels {
  /** Applies all events of the current tenant that are there by now. Not for use inside a unit of work. */
  abstract catchUp(): Promise<void>;
}
