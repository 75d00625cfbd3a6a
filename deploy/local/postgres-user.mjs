import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Problem } from './problem.mjs';

const CANDIDATES = ['postgres', 'nobody'];

/**
 * Postgres refuses to run as root, so root runs it as somebody with fewer rights;
 * `formerly` is the user id that owns the cluster already. Null when we are not root.
 */
export function postgresUser(formerly) {
  if (process.getuid() !== 0) return null;
  const accounts = readAccounts();
  const account =
    formerly === undefined
      ? CANDIDATES.map((name) => accounts.find((each) => each.name === name)).find(Boolean)
      : accounts.find((each) => each.uid === formerly);
  if (account) return new PostgresUser(account);
  throw new Problem(
    formerly === undefined
      ? `Postgres does not run as root, and this system has no user ${CANDIDATES.join(' or ')} to run it as: start Harka as a plain user.`
      : `The Postgres data belong to user id ${formerly}, who is no user of this system any more: start Harka as a plain user, or begin anew with npm start -- --reset.`,
  );
}

class PostgresUser {
  constructor({ name, uid, gid }) {
    this.name = name;
    this.uid = uid;
    this.gid = gid;
  }

  /** Tried rather than computed: access lists and mount options have a say too. */
  canEnter(folder) {
    return this.#succeeds('/bin/sh', ['-c', 'cd "$0"', folder]);
  }

  /** Whether the server in this folder starts for the user and its own files can be read. */
  canUse(program) {
    return (
      this.#succeeds(`${program}/bin/postgres`, ['--version']) &&
      this.#succeeds('/bin/sh', ['-c', 'test -r "$0"', `${program}/share/postgresql/postgres.bki`])
    );
  }

  #succeeds(command, args) {
    return spawnSync(command, args, { uid: this.uid, gid: this.gid, cwd: '/', stdio: 'ignore' }).status === 0;
  }
}

function readAccounts() {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
