import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'CREATE SCHEMA IF NOT EXISTS app',
  'GRANT USAGE ON SCHEMA app TO harka_app, harka_relay, harka_control',

  // Read by the functions below alone: nobody is granted anything on it.
  `CREATE TABLE app.tenant_fence (
     tenant_id uuid PRIMARY KEY,
     epoch bigint NOT NULL CHECK (epoch > 0),
     state text NOT NULL CHECK (state IN ('active', 'moving', 'moved', 'erased')),
     changed_at timestamptz NOT NULL DEFAULT now()
   )`,

  `CREATE FUNCTION app.current_tenant() RETURNS uuid
     LANGUAGE sql STABLE PARALLEL SAFE
     RETURN nullif(current_setting('app.current_tenant', true), '')::uuid`,

  // The lock comes first, so that whoever waited for a fence reads it after it was changed. That needs a fresh snapshot
  // for the second statement, which only READ COMMITTED takes.
  `CREATE FUNCTION app.enter_tenant(tenant uuid, known_epoch bigint) RETURNS void
     LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     IF current_setting('transaction_isolation') <> 'read committed' THEN
       RAISE EXCEPTION 'A tenant is entered under READ COMMITTED only' USING ERRCODE = '25001';
     END IF;
     PERFORM pg_advisory_xact_lock_shared(uuid_hash_extended(tenant, 0));
     PERFORM FROM app.tenant_fence
       WHERE tenant_id = tenant AND epoch = known_epoch AND state = 'active';
     IF NOT FOUND THEN
       RAISE EXCEPTION 'Epoch % of tenant % is not current here', known_epoch, tenant USING ERRCODE = 'TN001';
     END IF;
     PERFORM set_config('app.current_tenant', tenant::text, true);
   END $$`,

  `CREATE FUNCTION app.admit_tenant(tenant uuid, new_epoch bigint) RETURNS void
     LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock(uuid_hash_extended(tenant, 0));
     INSERT INTO app.tenant_fence AS fence (tenant_id, epoch, state) VALUES (tenant, new_epoch, 'active')
     ON CONFLICT (tenant_id) DO UPDATE SET epoch = new_epoch, state = 'active', changed_at = now()
       WHERE fence.epoch < new_epoch OR (fence.epoch = new_epoch AND fence.state = 'active');
     IF NOT FOUND THEN
       RAISE EXCEPTION 'Tenant % was here under a later epoch than %', tenant, new_epoch USING ERRCODE = 'TN001';
     END IF;
   END $$`,

  `CREATE FUNCTION app.fence_tenant(tenant uuid, new_epoch bigint, new_state text) RETURNS void
     LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     IF new_state = 'active' THEN
       RAISE EXCEPTION 'A fence is opened by admit_tenant' USING ERRCODE = '22023';
     END IF;
     PERFORM pg_advisory_xact_lock(uuid_hash_extended(tenant, 0));
     INSERT INTO app.tenant_fence AS fence (tenant_id, epoch, state) VALUES (tenant, new_epoch, new_state)
     ON CONFLICT (tenant_id) DO UPDATE SET epoch = new_epoch, state = new_state, changed_at = now()
       WHERE fence.epoch <= new_epoch;
     IF NOT FOUND THEN
       RAISE EXCEPTION 'Tenant % was here under a later epoch than %', tenant, new_epoch USING ERRCODE = 'TN001';
     END IF;
   END $$`,

  'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION app.current_tenant() TO harka_app',
  'GRANT EXECUTE ON FUNCTION app.enter_tenant(uuid, bigint) TO harka_app',
  'GRANT EXECUTE ON FUNCTION app.admit_tenant(uuid, bigint), app.fence_tenant(uuid, bigint, text) TO harka_control',
];

export class CreateTenantFence1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA app CASCADE');
  }
}
