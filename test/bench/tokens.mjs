import { createPrivateKey, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import pg from 'pg';

const KEY = `SELECT kid, private_key AS "privateKey" FROM auth.signing_keys
              WHERE revoked_at IS NULL AND active_from <= now() ORDER BY active_from DESC LIMIT 1`;
const PATIENCE_MS = 90_000;

/** Signs access tokens as the platform does, so that thousands of learners need not type thousands of passwords. */
export async function tokenMaker(directoryUrl, masterKey) {
  const { LocalKeyProvider } = await import(new URL('../../dist/libs/crypto/src/index.js', import.meta.url));
  const { kid, privateKey } = await signingKey(directoryUrl);
  const provider = new LocalKeyProvider(Buffer.from(masterKey, 'base64'));
  const secret = await provider.unwrap(privateKey, JSON.stringify(['auth signing key', kid]));
  const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
  return (tenantId, userId, role = 'learner') =>
    new SignJWT({ sid: randomUUID(), name: 'A learner', email: 'learner@bench.example', role })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setIssuer('harka')
      .setSubject(userId)
      .setAudience(tenantId)
      .setIssuedAt()
      .setExpirationTime('4h')
      .sign(key);
}

/** The platform makes its first one a moment after it is up. */
async function signingKey(directoryUrl) {
  const client = new pg.Client({ connectionString: directoryUrl });
  await client.connect();
  const deadline = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      const { rows } = await client.query(KEY);
      if (rows.length > 0) return rows[0];
      if (performance.now() > deadline) throw new Error('The platform has made no signing key.');
      await delay(500);
    }
  } finally {
    await client.end();
  }
}
