import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Problem } from './problem.mjs';

/** Two small and one medium shard to be placed on, two dedicated ones to be taken. */
export const LOCAL_SHARDS = [
  { name: 'small-1', tier: 'small' },
  { name: 'small-2', tier: 'small' },
  { name: 'medium-1', tier: 'medium' },
  { name: 'dedicated-1', tier: 'dedicated' },
  { name: 'dedicated-2', tier: 'dedicated' },
];
const TIERS = ['small', 'medium', 'dedicated'];
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const USAGE = 'Usage: npm start [-- --reset]   (--reset empties the data folder first)';

/** Reads and checks what the person asked for, before anything slow begins. */
export function readSettings({ root, args, environment }) {
  const unknown = args.find((argument) => argument !== '--reset');
  if (unknown !== undefined) throw new Problem(`Unknown argument "${unknown}". ${USAGE}`);

  const variable = (name) => (environment[name]?.trim() === '' ? undefined : environment[name]?.trim());
  const host = variable('HARKA_HOST') ?? '127.0.0.1';
  if (!isIP(host) && !HOST_NAME.test(host))
    throw new Problem(`HARKA_HOST is "${host}", which is no address.`);
  const demo = choice(variable, 'HARKA_DEMO', ['on', 'off']) ?? 'on';
  const demoPublic = choice(variable, 'HARKA_DEMO_PUBLIC', ['1', '0']) === '1';
  if (demo === 'on' && !isLoopback(host) && !demoPublic) {
    throw new Problem(
      `HARKA_HOST=${host} would open the demo, whose passwords everybody knows, to the network: ` +
        'set HARKA_DEMO_PUBLIC=1 to have passwords generated, or HARKA_DEMO=off for an empty platform.',
    );
  }
  const baseDomain = variable('HARKA_BASE_DOMAIN') ?? 'localhost';
  if (!HOST_NAME.test(baseDomain)) {
    throw new Problem(
      `HARKA_BASE_DOMAIN is "${baseDomain}"; give a host name in lower case such as localhost.`,
    );
  }

  return {
    root,
    reset: args.includes('--reset'),
    dataFolder: resolve(root, variable('HARKA_DATA_DIR') ?? '.harka'),
    host,
    port: port(variable, 'HARKA_PORT') ?? 8080,
    metricsPort: port(variable, 'HARKA_METRICS_PORT'),
    baseDomain,
    demo,
    demoPublic,
    redisUrl: serverUrl(variable('HARKA_REDIS_URL'), 'HARKA_REDIS_URL', ['redis:', 'rediss:']),
    ...databases(variable),
  };
}

export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function databases(variable) {
  const postgres = ['postgres:', 'postgresql:'];
  const directoryUrl = serverUrl(variable('HARKA_DIRECTORY_URL'), 'HARKA_DIRECTORY_URL', postgres);
  const text = variable('HARKA_SHARDS');
  if ((directoryUrl === null) !== (text === undefined)) {
    throw new Problem(
      'HARKA_DIRECTORY_URL and HARKA_SHARDS go together: set both to use your own Postgres servers, or neither.',
    );
  }
  return { directoryUrl, shards: text === undefined ? null : shards(text, postgres) };
}

function shards(text, protocols) {
  const shape = 'HARKA_SHARDS must be JSON such as [{"name":"small-1","tier":"small","url":"postgres://…"}]';
  let list;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new Problem(`${shape}: ${error.message}.`);
  }
  if (!Array.isArray(list) || list.length === 0) throw new Problem(`${shape}: it holds no shard.`);
  const names = new Set();
  list.forEach((shard, index) => {
    const at = `${shape}: entry ${index + 1}`;
    if (typeof shard?.name !== 'string' || shard.name === '') throw new Problem(`${at} has no name.`);
    if (names.has(shard.name)) throw new Problem(`${at} repeats the name ${shard.name}.`);
    names.add(shard.name);
    if (!TIERS.includes(shard.tier)) throw new Problem(`${at} has a tier other than ${TIERS.join(', ')}.`);
    if (typeof shard.url !== 'string') throw new Problem(`${at} has no url.`);
    serverUrl(shard.url, `The url of shard ${shard.name} in HARKA_SHARDS`, protocols);
  });
  return list.map(({ name, tier, url }) => ({ name, tier, url }));
}

function choice(variable, name, values) {
  const value = variable(name);
  if (value === undefined || values.includes(value)) return value;
  throw new Problem(`${name} is "${value}"; it can be ${values.join(' or ')}.`);
}

function port(variable, name) {
  const value = variable(name);
  if (value === undefined) return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return Number(value);
  throw new Problem(`${name} is "${value}"; give a port number from 1 to 65535, or 0 for any free one.`);
}

/** The value is never repeated in the message: it may hold a password. */
function serverUrl(value, name, protocols) {
  if (value === undefined) return null;
  if (
    !URL.canParse(value) ||
    !protocols.includes(new URL(value).protocol) ||
    new URL(value).hostname === ''
  ) {
    throw new Problem(`${name} is no URL of the form ${protocols[0]}//user:password@host:port/….`);
  }
  return value;
}
