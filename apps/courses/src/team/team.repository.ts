/** The teams of the tenant. Kept from the events of another service, so it may be a moment behind. */
export abstract class TeamRepository {
  /**
   * The ids of teams that are given by their ids or by their names. A name that people have and that no team is known by
   * stands for itself; what nobody knows is left out.
   */
  abstract idsOf(given: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
