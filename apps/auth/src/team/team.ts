/** People who belong together. Names are unique, whatever their case. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Where somebody belongs, as his own row says it. */
export interface TeamPlace {
  readonly team: string | null;
  readonly teamId: string | null;
}

export const NO_TEAM: TeamPlace = { team: null, teamId: null };
