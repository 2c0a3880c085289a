-- Contacts: partner establishments, their people and notes. Each statement names the owner.

-- name: contact_known :one
-- in: one u64, other u64
-- out: total u64
SELECT COUNT(*) FROM contact
WHERE (owner_id = :one AND partner_id = :other) OR (owner_id = :other AND partner_id = :one);

-- A contact that was typed with the UAI of an establishment becomes that establishment's.
-- name: contact_adopt :exec
-- in: owner_id u64, partner_id u64
UPDATE contact c
JOIN establishment e ON e.id = :partner_id AND e.uai = c.uai
SET c.partner_id = e.id, c.name = '', c.folded_name = '', c.address = '', c.postal_code = '',
    c.city = '', c.phone = '', c.email = '', c.version = c.version + 1
WHERE c.owner_id = :owner_id AND c.partner_id IS NULL;

-- name: contact_meet :exec
-- in: owner_id u64, partner_id u64, now time
INSERT IGNORE INTO contact (owner_id, partner_id, uai, created_at)
SELECT :owner_id, id, uai, :now FROM establishment WHERE id = :partner_id;

-- name: contact_insert :exec
-- in: owner_id u64, partner_id ?u64, uai ?str, identity ?str, name str, folded_name str, address str, postal_code str, city str, phone str, email str, now time
INSERT INTO contact (owner_id, partner_id, uai, identity, name, folded_name, address, postal_code,
                     city, phone, email, created_at)
VALUES (:owner_id, :partner_id, :uai, :identity, :name, :folded_name, :address, :postal_code,
        :city, :phone, :email, :now);

-- name: contact_update :exec
-- in: id u64, partner_id ?u64, uai ?str, identity ?str, name str, folded_name str, address str, postal_code str, city str, phone str, email str
UPDATE contact
SET partner_id = :partner_id, uai = :uai, identity = :identity, name = :name,
    folded_name = :folded_name, address = :address, postal_code = :postal_code, city = :city,
    phone = :phone, email = :email, version = version + 1
WHERE id = :id;

-- name: contact_lock :one
-- in: id u64, viewer u64
-- out: id u64, partner_id ?u64, version u32
SELECT id, partner_id, version FROM contact WHERE id = :id AND owner_id = :viewer FOR UPDATE;

-- name: contact_delete :exec
-- in: id u64
DELETE FROM contact WHERE id = :id;

-- name: contact_by_id :one
-- in: id u64, viewer u64
-- out: id u64, partner_id ?u64, uai ?str, name str, address str, postal_code str, city str, phone str, email str, version u32
SELECT c.id, c.partner_id, c.uai, COALESCE(e.name, c.name), COALESCE(e.address, c.address),
       COALESCE(e.postal_code, c.postal_code), COALESCE(e.city, c.city),
       COALESCE(e.phone, c.phone), COALESCE(e.email, c.email), c.version
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
WHERE c.id = :id AND c.owner_id = :viewer;

-- hosted are the conventions of the viewer's trainees there, sent those of theirs here; cancelled
-- ones tell that one has worked together, and are counted too.
-- name: contact_list :many
-- in: viewer u64, pattern str, as_host bool, as_origin bool, in_progress bool, limit u64, offset u64
-- out: id u64, of_platform bool, uai ?str, name str, city str, email str, people u64, hosted u64, sent u64, in_progress u64
-- choice: order name "COALESCE(e.folded_name, c.folded_name), c.id" | name_desc "COALESCE(e.folded_name, c.folded_name) DESC, c.id DESC" | city "COALESCE(e.city, c.city), COALESCE(e.folded_name, c.folded_name), c.id" | city_desc "COALESCE(e.city, c.city) DESC, COALESCE(e.folded_name, c.folded_name), c.id" | conventions "COALESCE(h.total, 0) + COALESCE(o.total, 0), COALESCE(e.folded_name, c.folded_name), c.id" | conventions_desc "COALESCE(h.total, 0) + COALESCE(o.total, 0) DESC, COALESCE(e.folded_name, c.folded_name), c.id" | progress "COALESCE(h.active, 0) + COALESCE(o.active, 0), COALESCE(e.folded_name, c.folded_name), c.id" | progress_desc "COALESCE(h.active, 0) + COALESCE(o.active, 0) DESC, COALESCE(e.folded_name, c.folded_name), c.id"
SELECT c.id, c.partner_id IS NOT NULL, c.uai, COALESCE(e.name, c.name), COALESCE(e.city, c.city),
       COALESCE(e.email, c.email),
       (SELECT COUNT(*) FROM contact_person p WHERE p.contact_id = c.id),
       CAST(COALESCE(h.total, 0) AS UNSIGNED), CAST(COALESCE(o.total, 0) AS UNSIGNED),
       CAST(COALESCE(h.active, 0) + COALESCE(o.active, 0) AS UNSIGNED)
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
LEFT JOIN (SELECT host_id, COUNT(*) AS total, SUM(state IN ('not_returned', 'pending')) AS active
           FROM convention WHERE origin_id = :viewer GROUP BY host_id) h ON h.host_id = e.id
LEFT JOIN (SELECT origin_id, COUNT(*) AS total, SUM(state IN ('not_returned', 'pending')) AS active
           FROM convention WHERE host_id = :viewer GROUP BY origin_id) o ON o.origin_id = e.id
WHERE c.owner_id = :viewer
  AND (COALESCE(e.folded_name, c.folded_name) LIKE :pattern
       OR COALESCE(e.city, c.city) LIKE :pattern
       OR LOWER(CONVERT(c.uai USING utf8mb4)) LIKE :pattern
       OR EXISTS (SELECT 1 FROM contact_person p
                  WHERE p.contact_id = c.id AND p.folded_name LIKE :pattern))
  AND (NOT :as_host OR h.total > 0)
  AND (NOT :as_origin OR o.total > 0)
  AND (NOT :in_progress OR COALESCE(h.active, 0) + COALESCE(o.active, 0) > 0)
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- name: contact_count :one
-- in: viewer u64, pattern str, as_host bool, as_origin bool, in_progress bool
-- out: total u64
SELECT COUNT(*)
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
WHERE c.owner_id = :viewer
  AND (COALESCE(e.folded_name, c.folded_name) LIKE :pattern
       OR COALESCE(e.city, c.city) LIKE :pattern
       OR LOWER(CONVERT(c.uai USING utf8mb4)) LIKE :pattern
       OR EXISTS (SELECT 1 FROM contact_person p
                  WHERE p.contact_id = c.id AND p.folded_name LIKE :pattern))
  AND (NOT :as_host OR EXISTS (SELECT 1 FROM convention v
                               WHERE v.origin_id = :viewer AND v.host_id = e.id))
  AND (NOT :as_origin OR EXISTS (SELECT 1 FROM convention v
                                 WHERE v.host_id = :viewer AND v.origin_id = e.id))
  AND (NOT :in_progress
       OR EXISTS (SELECT 1 FROM convention v
                  WHERE v.origin_id = :viewer AND v.host_id = e.id
                    AND v.state IN ('not_returned', 'pending'))
       OR EXISTS (SELECT 1 FROM convention v
                  WHERE v.host_id = :viewer AND v.origin_id = e.id
                    AND v.state IN ('not_returned', 'pending')));

-- How many conventions and placements two establishments share, by state, one side being the host.
-- name: contact_shared :many
-- in: host_id u64, origin_id u64
-- out: state str, total u64
SELECT state, COUNT(*) FROM convention
WHERE host_id = :host_id AND origin_id = :origin_id
GROUP BY state;

-- name: contact_conventions :many
-- in: viewer u64, partner u64, state str, pattern str, limit u64, offset u64
-- out: id u64, last_name str, first_name str, placement_id u64, title str, first_day date, state str, incomplete bool, as_host bool
-- choice: order name "c.folded_trainee, c.id" | name_desc "c.folded_trainee DESC, c.id" | day "c.first_day, c.folded_trainee, c.id" | day_desc "c.first_day DESC, c.folded_trainee, c.id" | title "p.folded_title, c.id" | title_desc "p.folded_title DESC, c.id"
SELECT c.id, t.last_name, t.first_name, p.id, p.title, c.first_day, c.state,
       c.incomplete_reason IS NOT NULL, c.host_id = :viewer
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
JOIN trainee t ON t.id = r.trainee_id
WHERE ((c.host_id = :viewer AND c.origin_id = :partner)
       OR (c.host_id = :partner AND c.origin_id = :viewer))
  AND (:state = '' OR c.state = :state)
  AND c.folded_search LIKE :pattern
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- name: contact_convention_count :one
-- in: viewer u64, partner u64, state str, pattern str
-- out: total u64
SELECT COUNT(*)
FROM convention c
WHERE ((c.host_id = :viewer AND c.origin_id = :partner)
       OR (c.host_id = :partner AND c.origin_id = :viewer))
  AND (:state = '' OR c.state = :state)
  AND c.folded_search LIKE :pattern;

-- name: contact_placements :many
-- in: viewer u64, partner u64, pattern str, limit u64, offset u64
-- out: id u64, title str, first_day date, as_host bool, conventions u64
-- choice: order day "p.first_day, p.id" | day_desc "p.first_day DESC, p.id DESC" | title "p.folded_title, p.id" | title_desc "p.folded_title DESC, p.id"
SELECT p.id, p.title, p.first_day, p.host_id = :viewer, COUNT(*)
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
WHERE ((c.host_id = :viewer AND c.origin_id = :partner)
       OR (c.host_id = :partner AND c.origin_id = :viewer))
  AND p.folded_title LIKE :pattern
GROUP BY p.id, p.title, p.folded_title, p.first_day, p.host_id
ORDER BY {order}
LIMIT :limit OFFSET :offset;

-- name: contact_placement_count :one
-- in: viewer u64, partner u64, pattern str
-- out: total u64
SELECT COUNT(DISTINCT p.id)
FROM convention c
JOIN registration r ON r.id = c.registration_id
JOIN placement p ON p.id = r.placement_id
WHERE ((c.host_id = :viewer AND c.origin_id = :partner)
       OR (c.host_id = :partner AND c.origin_id = :viewer))
  AND p.folded_title LIKE :pattern;

-- name: contact_person_insert :exec
-- in: contact_id u64, uid str, name str, folded_name str, job str, email str, phone str, now time
INSERT INTO contact_person (contact_id, uid, name, folded_name, job, email, phone, created_at)
VALUES (:contact_id, :uid, :name, :folded_name, :job, :email, :phone, :now);

-- name: contact_person_update :exec
-- in: id u64, name str, folded_name str, job str, email str, phone str
UPDATE contact_person
SET name = :name, folded_name = :folded_name, job = :job, email = :email, phone = :phone,
    version = version + 1
WHERE id = :id;

-- name: contact_person_delete :exec
-- in: id u64
DELETE FROM contact_person WHERE id = :id;

-- name: contact_people :many
-- in: contact_id u64, viewer u64
-- out: id u64, uid str, name str, job str, email str, phone str, version u32
SELECT p.id, p.uid, p.name, p.job, p.email, p.phone, p.version
FROM contact_person p
JOIN contact c ON c.id = p.contact_id
WHERE p.contact_id = :contact_id AND c.owner_id = :viewer
ORDER BY p.folded_name, p.id;

-- name: contact_person_by_id :one
-- in: id u64, contact_id u64, viewer u64
-- out: id u64, name str, job str, email str, phone str, version u32
SELECT p.id, p.name, p.job, p.email, p.phone, p.version
FROM contact_person p
JOIN contact c ON c.id = p.contact_id
WHERE p.id = :id AND p.contact_id = :contact_id AND c.owner_id = :viewer;

-- name: contact_note_insert :exec
-- in: contact_id u64, account_id u64, text str, now time
INSERT INTO contact_note (contact_id, account_id, text, created_at)
VALUES (:contact_id, :account_id, :text, :now);

-- name: contact_note_delete :exec
-- in: id u64
DELETE FROM contact_note WHERE id = :id;

-- name: contact_notes :many
-- in: contact_id u64, viewer u64
-- out: id u64, author str, text str, created_at time
SELECT n.id, a.name, n.text, n.created_at
FROM contact_note n
JOIN contact c ON c.id = n.contact_id
JOIN account a ON a.id = n.account_id
WHERE n.contact_id = :contact_id AND c.owner_id = :viewer
ORDER BY n.id DESC
LIMIT 500;

-- name: contact_note_by_id :one
-- in: id u64, contact_id u64, viewer u64
-- out: id u64, author str, text str, created_at time
SELECT n.id, a.name, n.text, n.created_at
FROM contact_note n
JOIN contact c ON c.id = n.contact_id
JOIN account a ON a.id = n.account_id
WHERE n.id = :id AND n.contact_id = :contact_id AND c.owner_id = :viewer;

-- For cards. Who has that UAI, or else that name; a school of the platform before others.
-- name: contact_by_uai :one
-- in: owner_id u64, uai str
-- out: id u64
SELECT id FROM contact WHERE owner_id = :owner_id AND uai = :uai;

-- name: contact_by_name :one
-- in: owner_id u64, folded_name str
-- out: id u64
SELECT c.id
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
WHERE c.owner_id = :owner_id AND COALESCE(e.folded_name, c.folded_name) = :folded_name
ORDER BY c.partner_id IS NULL, c.id
LIMIT 1;

-- name: contact_person_by_uid :one
-- in: contact_id u64, uid str
-- out: id u64, name str, job str, email str, phone str
SELECT id, name, job, email, phone FROM contact_person
WHERE contact_id = :contact_id AND uid = :uid;

-- name: contact_person_by_name :one
-- in: contact_id u64, folded_name str
-- out: id u64, name str, job str, email str, phone str
SELECT id, name, job, email, phone FROM contact_person
WHERE contact_id = :contact_id AND folded_name = :folded_name;

-- Everybody an establishment has among its contacts, each contact once more for each person.
-- name: contact_cards :many
-- in: owner_id u64
-- out: id u64, uai ?str, name str, address str, postal_code str, city str, phone str, email str, uid ?str, person str, job str, person_email str, person_phone str
SELECT c.id, c.uai, COALESCE(e.name, c.name), COALESCE(e.address, c.address),
       COALESCE(e.postal_code, c.postal_code), COALESCE(e.city, c.city),
       COALESCE(e.phone, c.phone), COALESCE(e.email, c.email), p.uid, COALESCE(p.name, ''),
       COALESCE(p.job, ''), COALESCE(p.email, ''), COALESCE(p.phone, '')
FROM contact c
LEFT JOIN establishment e ON e.id = c.partner_id
LEFT JOIN contact_person p ON p.contact_id = c.id
WHERE c.owner_id = :owner_id
ORDER BY COALESCE(e.folded_name, c.folded_name), c.id, p.folded_name, p.id;
