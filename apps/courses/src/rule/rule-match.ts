/**
 * SQL for whether `courses.people p` fulfils conditions (jsonb, as in the contract). A sub-select over the conditions, so
 * that one statement serves every rule; who lacks an attribute is in none of its values. No condition holds everybody.
 * Teams are named by id; rules of before ids name them by their names until they are gone through again.
 */
export const fulfils = (match: string, conditions: string): string => `(
  SELECT CASE ${match} WHEN 'any' THEN coalesce(bool_or(hit.it), true) ELSE coalesce(bool_and(hit.it), true) END
    FROM (SELECT CASE c.attribute
            WHEN 'joined' THEN coalesce(
              CASE c.operator
                WHEN 'before' THEN p.joined_at < (c.date || 'T00:00:00Z')::timestamptz
                ELSE p.joined_at >= (c.date || 'T00:00:00Z')::timestamptz
              END, false)
            WHEN 'team' THEN (c.operator = 'is_not_one_of') <> coalesce(
              p.team = ANY (c."values")
              OR (SELECT m.team_id::text FROM courses.team_members m
                   WHERE m.tenant_id = p.tenant_id AND m.user_id = p.id) = ANY (c."values"), false)
            ELSE (c.operator = 'is_not_one_of') <> coalesce(
              CASE c.attribute
                WHEN 'role' THEN p.role
                WHEN 'department' THEN p.department
                WHEN 'locale' THEN p.locale
                WHEN 'manager' THEN p.manager_id::text
              END = ANY (c."values"), false)
          END AS it
          FROM jsonb_to_recordset(${conditions}) AS c (attribute text, operator text, "values" text[], date text)
         ) AS hit)`;
