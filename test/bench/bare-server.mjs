// What the platform is measured against: the same page from the same rows by Fastify and pg alone: no tenants, no sign-in.
import Fastify from 'fastify';
import pg from 'pg';

const [url, statement, connections] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });
const app = Fastify();
app.get('/me/courses', async (request) => {
  const values = [request.headers['x-user'], 'ffffffff-ffff-ffff-ffff-ffffffffffff', 21];
  const { rows } = await pool.query({ name: 'my-courses', text: statement, values });
  return { items: rows, nextCursor: null };
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`listening ${address}\n`);
process.on('SIGTERM', async () => {
  await app.close();
  await pool.end();
});
