-- The mails before the end of a licence, to the establishment's admins.

-- Establishments whose admins are to be told now, 30 days before or 7: what was told of that end
-- already, at that step or a later one, is not told again.
-- name: licence_notice_due :many
-- in: today date, limit u64
-- out: establishment_id u64
SELECT d.id
FROM (SELECT e.id, e.licence_ends_on,
             CASE WHEN DATEDIFF(e.licence_ends_on, :today) <= 7 THEN 7 ELSE 30 END AS days
      FROM establishment e
      WHERE e.licence_ends_on >= :today AND DATEDIFF(e.licence_ends_on, :today) <= 30) d
WHERE EXISTS (SELECT 1 FROM account a
              WHERE a.establishment_id = d.id AND a.role = 'admin' AND a.disabled_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM licence_notice n
                  WHERE n.establishment_id = d.id AND n.ends_on = d.licence_ends_on
                    AND n.days <= d.days)
ORDER BY d.id
LIMIT :limit;

-- One of them. told: at the step of 30 days or of 7, the smallest there is.
-- name: licence_notice_lock :one
-- in: id u64
-- out: name str, ends_on ?date, told ?u32
SELECT e.name, e.licence_ends_on,
       (SELECT MIN(n.days) FROM licence_notice n
        WHERE n.establishment_id = e.id AND n.ends_on = e.licence_ends_on)
FROM establishment e
WHERE e.id = :id
FOR UPDATE;

-- name: licence_notice_insert :exec
-- in: establishment_id u64, ends_on date, days u32, now time
INSERT INTO licence_notice (establishment_id, ends_on, days, sent_at)
VALUES (:establishment_id, :ends_on, :days, :now);

-- name: establishment_admins :many
-- in: establishment_id u64
-- out: email str, name str
SELECT email, name
FROM account
WHERE establishment_id = :establishment_id AND role = 'admin' AND disabled_at IS NULL
ORDER BY id;
