/** What the read models know of the current tenant. */
export interface DashboardNumbers {
  readonly totalUsers: number;
  readonly activeUsers: number;
  readonly enrolments: number;
  readonly coursesCompleted: number;
  /** The sum over all enrolments, each 0 to 1. */
  readonly progress: number;
  readonly storageBytes: number;
}

export abstract class DashboardRepository {
  /** `activeSince` is a day, yyyy-mm-dd. */
  abstract numbers(activeSince: string): Promise<DashboardNumbers>;
}
