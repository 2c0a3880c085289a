-- Establishments, their images and licences.

-- name: establishment_insert :exec
-- in: uai str, name str, folded_name str, address str, postal_code str, city str, phone str, email str, head_name str, head_title str, board_day ?date, now time
INSERT INTO establishment (uai, name, folded_name, address, postal_code, city, phone, email,
                           head_name, head_title, board_day, created_at)
VALUES (:uai, :name, :folded_name, :address, :postal_code, :city, :phone, :email,
        :head_name, :head_title, :board_day, :now);

-- name: establishment_update :exec
-- in: id u64, name str, folded_name str, address str, postal_code str, city str, phone str, email str, head_name str, head_title str, board_day ?date
UPDATE establishment
SET name = :name, folded_name = :folded_name, address = :address, postal_code = :postal_code,
    city = :city, phone = :phone, email = :email, head_name = :head_name,
    head_title = :head_title, board_day = :board_day, version = version + 1
WHERE id = :id;

-- name: establishment_set_uai :exec
-- in: id u64, uai str
UPDATE establishment SET uai = :uai WHERE id = :id;

-- name: establishment_lock :one
-- in: id u64
-- out: version u32, folded_name str, convention_text ?str
SELECT version, folded_name, convention_text FROM establishment WHERE id = :id FOR UPDATE;

-- name: establishment_by_id :one
-- in: id u64
-- out: id u64, uai str, name str, address str, postal_code str, city str, phone str, email str, head_name str, head_title str, board_day ?date, convention_text ?str, logo_id ?u64, signature_id ?u64, version u32
SELECT id, uai, name, address, postal_code, city, phone, email, head_name, head_title, board_day,
       convention_text, logo_id, signature_id, version
FROM establishment
WHERE id = :id;

-- name: establishment_by_uai :one
-- in: uai str
-- out: id u64, name str
SELECT id, name FROM establishment WHERE uai = :uai;

-- name: establishment_list :many
-- out: id u64, uai str, name str, city str, email str, licence_end ?date
SELECT e.id, e.uai, e.name, e.city, e.email,
       e.licence_ends_on
FROM establishment e
ORDER BY e.folded_name, e.id;

-- name: establishment_set_logo :exec
-- in: id u64, image_id ?u64
UPDATE establishment SET logo_id = :image_id WHERE id = :id;

-- name: establishment_set_signature :exec
-- in: id u64, image_id ?u64
UPDATE establishment SET signature_id = :image_id WHERE id = :id;

-- name: establishment_set_text :exec
-- in: id u64, text ?str
UPDATE establishment SET convention_text = :text WHERE id = :id;

-- name: image_insert :exec
-- in: width u32, height u32, pixels_id u64, source_id u64, now time
INSERT INTO image (width, height, pixels_id, source_id, created_at)
VALUES (:width, :height, :pixels_id, :source_id, :now);

-- name: image_by_id :one
-- in: id u64
-- out: width u32, height u32, pixels_id u64
SELECT width, height, pixels_id FROM image WHERE id = :id;

-- name: licence_take_effect :exec
-- in: establishment_id u64
UPDATE establishment
SET licence_ends_on = (SELECT MAX(ends_on)
                       FROM licence
                       WHERE establishment_id = :establishment_id)
WHERE id = :establishment_id;

-- name: licence_insert :exec
-- in: establishment_id u64, starts_on date, ends_on date, account_id ?u64, now time
INSERT INTO licence (establishment_id, starts_on, ends_on, account_id, created_at)
VALUES (:establishment_id, :starts_on, :ends_on, :account_id, :now);

-- The licences that hold on a day of that time, and those among them that are the same.
-- name: licence_overlaps :one
-- in: establishment_id u64, starts_on date, ends_on date
-- out: total u64, same u64
SELECT COUNT(*), COUNT(CASE WHEN starts_on = :starts_on AND ends_on = :ends_on THEN 1 END)
FROM licence
WHERE establishment_id = :establishment_id AND starts_on <= :ends_on AND ends_on >= :starts_on;

-- name: revision_begin :exec
-- in: establishment_id u64
INSERT INTO establishment_revision (establishment_id, number) VALUES (:establishment_id, 1);

-- What raises the revision of all whose pages show a convention, a trainee, or anything.

-- name: revision_raise :exec
-- in: host_id u64, origin_id u64
UPDATE establishment_revision
SET number = number + 1
WHERE establishment_id IN (:host_id, :origin_id);

-- name: revision_raise_trainee :exec
-- in: trainee_id u64
UPDATE establishment_revision
SET number = number + 1
WHERE establishment_id IN (SELECT c.origin_id
                           FROM convention c
                           JOIN registration r ON r.id = c.registration_id
                           WHERE r.trainee_id = :trainee_id)
   OR establishment_id IN (SELECT c.host_id
                           FROM convention c
                           JOIN registration r ON r.id = c.registration_id
                           WHERE r.trainee_id = :trainee_id);

-- name: revision_raise_all :exec
UPDATE establishment_revision SET number = number + 1;

-- The revision of everything: see migration 0013.
-- name: revision_platform :one
-- out: number u64
SELECT CAST(SUM(number) AS UNSIGNED) FROM platform_revision;

-- name: revision_raise_platform :exec
UPDATE platform_revision SET number = number + 1 WHERE shard = MOD(CONNECTION_ID(), 32);
