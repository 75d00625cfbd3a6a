import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { ANEW } from './data-folder.mjs';
import { readJson, writeJson } from './files.mjs';
import { Problem } from './problem.mjs';

const LOGINS = ['postgres', 'harka_app', 'harka_relay', 'harka_control', 'harka_router', 'harka_auth'];
const SERVICES = ['gateway', 'tenants', 'auth', 'courses', 'media', 'insights'];

/** Makes what is secret once, and on later starts only what a newer release needs besides. */
export function readSecrets(data) {
  const file = data.file('secrets.json');
  const stored = readJson(file, ANEW);
  if (stored === null && data.recall().postgres !== undefined) {
    throw new Problem(
      `${file} is missing, and without it nothing in this data folder can be opened: restore it, or begin anew with npm start -- --reset.`,
    );
  }
  const secrets = complete(stored ?? {});
  if (JSON.stringify(secrets) !== JSON.stringify(stored)) writeJson(file, secrets);
  return secrets;
}

function complete(stored) {
  const passwords = stored.databasePasswords ?? {};
  const keys = Array.isArray(stored.serviceKeys) ? stored.serviceKeys : [];
  return {
    databasePasswords: {
      ...passwords,
      ...Object.fromEntries(LOGINS.map((login) => [login, passwords[login] ?? password()])),
    },
    redisPassword: stored.redisPassword ?? password(),
    masterKey: stored.masterKey ?? key(),
    csrfSecret: stored.csrfSecret ?? key(),
    operatorToken: stored.operatorToken ?? password(),
    serviceKeys: [
      ...keys,
      ...SERVICES.filter((name) => !keys.some((each) => each.kid === name)).map((name) => serviceKey(name)),
    ],
  };
}

/** Of letters that need no escaping in a URL, a shell or SQL. */
function password() {
  return randomBytes(24).toString('base64url');
}

function key() {
  return randomBytes(32).toString('base64');
}

function serviceKey(kid) {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
}
