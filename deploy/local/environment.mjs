/** What every process of ours gets of the person's own environment: all but what npm added for itself. */
export function inherited(environment = process.env) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('npm_')));
}

/** The environment of the migrator (which alone logs in as an administrator) and of the services. */
export function platformEnvironments({ settings, secrets, data, port, metricsPort, servers }) {
  const own = inherited();
  const passwords = own.HARKA_DATABASE_PASSWORDS
    ? JSON.parse(own.HARKA_DATABASE_PASSWORDS)
    : secrets.databasePasswords;
  const roles = without(passwords, ['postgres']);
  const common = {
    ...own,
    NODE_ENV: own.NODE_ENV ?? 'production',
    HARKA_HOST: settings.host,
    HARKA_PORT: String(port),
    HARKA_METRICS_PORT: String(metricsPort),
    HARKA_BASE_DOMAIN: settings.baseDomain,
    HARKA_BACKCHANNEL_URL: own.HARKA_BACKCHANNEL_URL ?? `http://127.0.0.1:${port}`,
    HARKA_DATA_DIR: data.path,
    HARKA_DEMO: settings.demo,
    HARKA_DEMO_PUBLIC: settings.demoPublic ? '1' : '0',
    HARKA_REDIS_URL: servers.redisUrl,
    HARKA_MASTER_KEY: own.HARKA_MASTER_KEY ?? secrets.masterKey,
    HARKA_CSRF_SECRET: own.HARKA_CSRF_SECRET ?? secrets.csrfSecret,
    HARKA_OPERATOR_TOKEN: own.HARKA_OPERATOR_TOKEN ?? secrets.operatorToken,
    HARKA_SERVICE_KEYS: own.HARKA_SERVICE_KEYS ?? JSON.stringify(secrets.serviceKeys),
  };
  return {
    migrator: {
      ...common,
      HARKA_DIRECTORY_URL: servers.directoryUrl,
      HARKA_SHARDS: JSON.stringify(servers.shards),
      HARKA_DATABASE_PASSWORDS: JSON.stringify(roles),
    },
    services: {
      ...without(common, ['HARKA_SHARDS']),
      HARKA_DIRECTORY_URL: withoutCredentials(servers.directoryUrl),
      HARKA_DATABASE_PASSWORDS: JSON.stringify(roles),
    },
  };
}

export function withoutCredentials(url) {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

function without(object, names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
