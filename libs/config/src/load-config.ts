import { type z } from 'zod';

/** The environment as a value, so that several services of one process can each be given their own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is not usable. The message names each variable, what is wrong with it, and never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The one place that reads `process.env`. */
export function processEnvironment(): Environment {
  return process.env;
}

/**
 * Parses the variables that `schema` names (its keys are the variables' names). An empty value counts as absent.
 * @throws ConfigError that lists every fault at once.
 */
export function loadConfig<T extends z.ZodObject>(schema: T, environment: Environment): z.infer<T> {
  const present = Object.keys(schema.shape)
    .map((name) => [name, environment[name]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const result = schema.safeParse(Object.fromEntries(present));
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const absent = environment[name] === undefined || environment[name] === '';
    return `${name} ${absent ? 'is not set' : `is not usable: ${message}`}`;
  });
  throw new ConfigError(`Configuration: ${faults.join('; ')}.`);
}
