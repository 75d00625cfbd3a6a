/** How a process signs in. `options` are Postgres' start-up options (`-c name=value`). */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly options?: string;
}

/** The same database under another login. Whatever login the URL carried is dropped. */
export function withLogin(url: string, { user, password, options }: Login): string {
  const result = new URL(url);
  result.username = encodeURIComponent(user);
  result.password = encodeURIComponent(password);
  if (options !== undefined) result.searchParams.set('options', options);
  return result.href;
}

/** The URL as the directory may store it: where the database is, not how to get in. */
export function withoutLogin(url: string): string {
  const result = new URL(url);
  result.username = '';
  result.password = '';
  for (const secret of ['user', 'password', 'options']) result.searchParams.delete(secret);
  return result.href;
}

/** Another database on the same server, under the same login. */
export function withDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${encodeURIComponent(database)}`;
  return result.href;
}

export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** `host:port`, by which two URLs on one server are known. */
export function serverOf(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || '5432'}`;
}
