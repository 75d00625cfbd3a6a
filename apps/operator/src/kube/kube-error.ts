/** What the API server refused, with its own words. */
export class KubeError extends Error {
  constructor(
    readonly status: number,
    /** `NotFound`, `Conflict`, `Expired`. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export function isStatus(error: unknown, ...statuses: readonly number[]): error is KubeError {
  return error instanceof KubeError && statuses.includes(error.status);
}
