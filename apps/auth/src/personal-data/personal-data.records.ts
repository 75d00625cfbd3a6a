import { ERASED_NAME } from '#libs/contracts';
import { rememberedAnswers, type PersonalRecord } from '#libs/service';

const email = '(SELECT u.email FROM auth.users u WHERE u.id = $1)';
const sessions = '(SELECT s.id FROM auth.sessions s WHERE s.user_id = $1)';
const identities = '(SELECT i.connection_id, i.subject FROM auth.identities i WHERE i.user_id = $1)';

const signIn: readonly PersonalRecord[] = [
  {
    section: 'password',
    read: 'SELECT changed_at FROM auth.credentials WHERE user_id = $1',
    erase: [
      'DELETE FROM auth.credentials WHERE user_id = $1',
      'DELETE FROM auth.password_resets WHERE user_id = $1',
    ],
  },
  {
    section: 'sessions',
    read: `
      SELECT s.method, s.amr, s.started_at, s.last_seen_at, s.expires_at, s.ip, s.user_agent, s.ended_at, s.end_reason,
             f.issuer, f.subject, f.provider_session
        FROM auth.sessions s
        LEFT JOIN auth.federated_sessions f ON f.tenant_id = s.tenant_id AND f.session_id = s.id
       WHERE s.user_id = $1 ORDER BY s.started_at`,
    erase: [
      `DELETE FROM auth.federated_sessions WHERE session_id IN ${sessions}`,
      `DELETE FROM auth.acting_sessions WHERE id IN ${sessions}`,
      'DELETE FROM auth.sessions WHERE user_id = $1',
    ],
  },
  {
    section: 'support_sessions',
    read: `
      SELECT a.operator_name, a.reason, s.started_at, s.ended_at FROM auth.acting_sessions a
        JOIN auth.sessions s ON s.tenant_id = a.tenant_id AND s.id = a.id
       WHERE s.user_id = $1 ORDER BY s.started_at`,
    // With their sessions.
    erase: [],
  },
  {
    // Before the identities, by which they are found.
    section: 'sign_in_attempts',
    read: `
      SELECT at, purpose, outcome, reason, subject, email FROM auth.sso_attempts
       WHERE email = ${email} OR (connection_id, subject) IN ${identities} ORDER BY at`,
    erase: [
      `DELETE FROM auth.sso_attempts WHERE email = ${email} OR (connection_id, subject) IN ${identities}`,
    ],
  },
  {
    section: 'identities',
    read: `
      SELECT c.name AS connection, i.issuer, i.subject, i.created_at, i.last_used_at, i.gone_at
        FROM auth.identities i
        JOIN auth.connections c ON c.tenant_id = i.tenant_id AND c.id = i.connection_id
       WHERE i.user_id = $1`,
    erase: [
      'DELETE FROM auth.identities WHERE user_id = $1',
      // Whom runs concerned is encrypted, so nobody can be found in it: all of it goes. The counts stay.
      'UPDATE auth.ldap_syncs SET people = NULL WHERE people IS NOT NULL AND $1::uuid IS NOT NULL',
    ],
  },
  {
    section: 'one_time_codes',
    read: 'SELECT confirmed_at, last_used_at FROM auth.totp_factors WHERE user_id = $1',
    erase: [
      'DELETE FROM auth.totp_factors WHERE user_id = $1',
      'DELETE FROM auth.recovery_codes WHERE user_id = $1',
      'DELETE FROM auth.sign_in_challenges WHERE user_id = $1',
    ],
  },
  {
    section: 'passkeys',
    read: `
      SELECT name, rp_id, transports, synced, created_at, last_used_at FROM auth.passkeys
       WHERE user_id = $1 ORDER BY created_at`,
    erase: ['DELETE FROM auth.passkeys WHERE user_id = $1'],
  },
  {
    section: 'trusted_devices',
    read: `
      SELECT user_agent, ip, created_at, last_used_at, expires_at FROM auth.trusted_devices
       WHERE user_id = $1 ORDER BY created_at`,
    erase: ['DELETE FROM auth.trusted_devices WHERE user_id = $1'],
  },
  {
    section: 'api_keys',
    read: `
      SELECT name, prefix, scopes, role, created_at, expires_at, last_used_at, revoked_at FROM auth.api_keys
       WHERE created_by = $1 ORDER BY created_at`,
    // Which key did what must stay answerable; whose it was is no longer said.
    erase: [`UPDATE auth.api_keys SET name = 'erased' WHERE created_by = $1`],
  },
  {
    section: 'apps',
    read: `
      SELECT a.name AS app, c.scopes, c.given_at FROM auth.app_consents c
        JOIN auth.apps a ON a.tenant_id = c.tenant_id AND a.id = c.app_id
       WHERE c.user_id = $1 ORDER BY c.given_at`,
    erase: [
      'DELETE FROM auth.app_grants WHERE user_id = $1',
      'DELETE FROM auth.app_consents WHERE user_id = $1',
    ],
  },
  {
    section: 'setup_links',
    // To whom one has sent a link is the recipient's to be told, and nobody else's.
    read: `
      SELECT name AS connection, CASE WHEN recipient = ${email} THEN recipient END AS recipient, created_at, expires_at
        FROM auth.setup_links
       WHERE recipient = ${email} OR created_by = $1 ORDER BY created_at`,
    erase: [`UPDATE auth.setup_links SET recipient = NULL WHERE recipient = ${email}`],
  },
  {
    section: 'break_glass',
    read: 'SELECT true AS may_sign_in_by_password FROM auth.sign_in_enforcements WHERE $1 = ANY (break_glass_user_ids)',
    erase: [
      `UPDATE auth.sign_in_enforcements SET break_glass_user_ids = array_remove(break_glass_user_ids, $1)
        WHERE $1 = ANY (break_glass_user_ids)`,
    ],
  },
];

const provisioning: readonly PersonalRecord[] = [
  {
    section: 'invitations',
    read: 'SELECT created_at, expires_at FROM auth.invitations WHERE user_id = $1',
    erase: ['DELETE FROM auth.invitations WHERE user_id = $1'],
  },
  {
    section: 'registrations',
    read: `SELECT email, name, created_at, expires_at FROM auth.registrations WHERE email = ${email}`,
    erase: [`DELETE FROM auth.registrations WHERE email = ${email}`],
  },
  {
    section: 'scim_failures',
    read: `
      SELECT at, operation, code, detail FROM auth.scim_failures
       WHERE position(${email} IN lower(detail)) > 0 ORDER BY at`,
    erase: [`DELETE FROM auth.scim_failures WHERE position(${email} IN lower(detail)) > 0`],
  },
  {
    section: 'provisioned_by_scim',
    read: `
      SELECT user_name, external_id, given_name, family_name, title, deleted_at FROM auth.scim_users
       WHERE user_id = $1`,
    erase: ['DELETE FROM auth.scim_users WHERE user_id = $1'],
  },
  {
    section: 'groups',
    read: `
      SELECT t.name, m.added_at FROM auth.scim_group_members m
        JOIN auth.teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
       WHERE m.user_id = $1 ORDER BY m.added_at`,
    erase: ['DELETE FROM auth.scim_group_members WHERE user_id = $1'],
  },
  {
    section: 'imported_rows',
    read: `
      SELECT i.file_name, r.line, r.given, r.email, r.checked, r.checked_detail, r.applied, r.applied_detail
        FROM auth.user_import_rows r
        JOIN auth.user_imports i ON i.tenant_id = r.tenant_id AND i.id = r.import_id
       WHERE r.user_id = $1 OR r.email = ${email} ORDER BY r.import_id, r.line`,
    erase: [
      `UPDATE auth.user_import_rows
          SET given = '[]', email = NULL, checked_detail = NULL, applied_detail = NULL, awaits_mail = false
        WHERE user_id = $1 OR email = ${email}`,
    ],
  },
  {
    section: 'imports_started',
    read: `
      SELECT file_name, actor_name, created_at FROM auth.user_imports
       WHERE actor_id = $1::uuid::text ORDER BY created_at`,
    erase: [`UPDATE auth.user_imports SET actor_name = '${ERASED_NAME}' WHERE actor_id = $1::uuid::text`],
  },
];

const telling: readonly PersonalRecord[] = [
  {
    section: 'notifications',
    // What he was told of others is theirs.
    read: `
      SELECT kind, details - 'personName' AS details, created_at, read_at FROM auth.notifications WHERE user_id = $1 ORDER BY created_at`,
    erase: [
      'DELETE FROM auth.notifications WHERE user_id = $1',
      // What others were told about him.
      `UPDATE auth.notifications SET details = details || jsonb_build_object('personName', '${ERASED_NAME}'::text)
        WHERE details ->> 'personId' = $1::uuid::text`,
    ],
  },
  {
    section: 'notification_preferences',
    read: 'SELECT kind, in_app, email FROM auth.notification_preferences WHERE user_id = $1 ORDER BY kind',
    erase: ['DELETE FROM auth.notification_preferences WHERE user_id = $1'],
  },
  {
    section: 'told_of_new_versions',
    read: 'SELECT course_id FROM auth.course_learners WHERE user_id = $1',
    erase: ['DELETE FROM auth.course_learners WHERE user_id = $1'],
  },
];

/** What auth holds about people. The person himself comes last: until then his address finds what hangs on it. */
export const personalRecords: readonly PersonalRecord[] = [
  {
    section: 'profile',
    read: `
      SELECT u.id, u.name, u.email, u.role, u.status, u.locale, u.time_zone, u.department, u.team,
             m.name AS manager, u.last_login_at, u.created_at, u.updated_at
        FROM auth.users u
        LEFT JOIN auth.users m ON m.tenant_id = u.tenant_id AND m.id = u.manager_id
       WHERE u.id = $1`,
    erase: [],
  },
  {
    section: 'teams_led',
    read: `
      SELECT t.name FROM auth.team_leads l
        JOIN auth.teams t ON t.tenant_id = l.tenant_id AND t.id = l.team_id WHERE l.user_id = $1`,
    // Told of by events of their own.
    erase: [],
  },
  ...signIn,
  ...provisioning,
  ...telling,
  rememberedAnswers,
  {
    section: 'person',
    read: null,
    erase: [
      `UPDATE auth.users
          SET name = '${ERASED_NAME}', email = 'erased-' || id || '@erased.invalid', locale = NULL, time_zone = NULL,
              department = NULL, team = NULL, team_id = NULL, manager_id = NULL, last_login_at = NULL,
              version = version + 1, updated_at = now(), erased_at = now()
        WHERE id = $1`,
    ],
  },
];
