/** The SQLSTATE of an error that Postgres reported, looked for behind wrappers too. */
export function sqlState(error: unknown): string | undefined {
  const { code, severity, cause } = (error ?? {}) as { code?: unknown; severity?: unknown; cause?: unknown };
  if (typeof code === 'string' && severity !== undefined) return code;
  return cause === undefined ? undefined : sqlState(cause);
}

function constraintOf(error: unknown): unknown {
  const { constraint, cause } = (error ?? {}) as { constraint?: unknown; cause?: unknown };
  return constraint ?? (cause === undefined ? undefined : constraintOf(cause));
}

function violates(state: string, error: unknown, constraint?: string): boolean {
  return sqlState(error) === state && (constraint === undefined || constraintOf(error) === constraint);
}

/** Whether a statement broke a unique key: any, or the one named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates('23505', error, constraint);
}

export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates('23503', error, constraint);
}

export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates('23514', error, constraint);
}
