-- A hundred thousand conventions for t/bench/run: 200 schools, 4,000 placements, 100,000 trainees.
-- The school of origin that is measured (:origin) has a tenth of them, and so has its host (:host);
-- both have all schools among their contacts. Each convention has an original, all of the same
-- document, and its mail. One statement ends at each semicolon.
SET @now = UTC_TIMESTAMP(), @day = CURRENT_DATE + INTERVAL 30 DAY;

INSERT INTO establishment (uai, name, folded_name, address, postal_code, city, phone, email,
                           head_name, head_title, created_at)
SELECT CONCAT(LPAD(seq, 7, '0'), 'A'), CONCAT('Établissement n° ', seq),
       CONCAT('etablissement n° ', seq), '1 rue de la Mesure', '69001', 'Lyon', '04 72 00 00 00',
       CONCAT('ce.', seq, '@ecole.example'), 'Ada Mesure', 'proviseure', @now
FROM seq_1_to_200;
INSERT INTO establishment_revision (establishment_id, number)
SELECT id, 1 FROM establishment WHERE id NOT IN (SELECT establishment_id FROM establishment_revision);

SET @school = (SELECT MIN(id) FROM establishment WHERE uai LIKE '%A');
INSERT INTO placement (host_id, title, folded_title, course, description, first_day, last_day,
                       starts_at, ends_at, capacity, closes_on, created_at)
SELECT IF(seq % 10 = 0, :host, @school + seq % 200), CONCAT('Découverte n° ', seq),
       CONCAT('decouverte n° ', seq), 'Bac professionnel', '', @day + INTERVAL seq % 120 DAY,
       @day + INTERVAL seq % 120 DAY, '08:30', '16:30', 100, @day, @now
FROM seq_1_to_4000;

SET @placement = (SELECT MIN(id) FROM placement WHERE title = 'Découverte n° 1');
SET @trainee = (SELECT COALESCE(MAX(id), 0) + 1 FROM trainee);
INSERT INTO trainee (id, origin_id, last_name, first_name, folded_name, birth_day, class_name,
                     guardian_name, guardian_email, guardian_phone, created_at)
SELECT @trainee + seq, IF(seq % 10 = 0, :origin, @school + seq % 200), CONCAT('NOM', seq), 'Zoé',
       CONCAT('nom', seq, '/zoe'), '2012-03-14', CONCAT('3e ', CHAR(65 + seq % 6)),
       'Rachel Essai', 'rachel@courriel.example', '06 01 02 03 04', @now
FROM seq_1_to_100000;

SET @registration = (SELECT COALESCE(MAX(id), 0) + 1 FROM registration);
INSERT INTO registration (id, placement_id, trainee_id, created_at)
SELECT @registration + seq, @placement + seq % 4000, @trainee + seq, @now FROM seq_1_to_100000;

SET @convention = (SELECT COALESCE(MAX(id), 0) + 1 FROM convention);
SET @original = (SELECT COALESCE(MAX(id), 0) + 1 FROM convention_original);
SET @document = (SELECT document_id FROM convention_original LIMIT 1);
INSERT INTO convention (id, registration_id, host_id, origin_id, first_day, folded_trainee,
                        folded_search, state, original_id, history_length, created_at)
SELECT @convention + seq, @registration + seq, p.host_id, t.origin_id, p.first_day, t.folded_name,
       t.folded_name, ELT(1 + seq DIV 10 % 4, 'not_returned', 'not_returned', 'pending', 'validated'),
       @original + seq, 1, @now
FROM seq_1_to_100000
JOIN trainee t ON t.id = @trainee + seq
JOIN placement p ON p.id = @placement + seq % 4000;
INSERT INTO convention_original (id, convention_id, public_id, short_code, document_id, pages,
                                 created_at)
SELECT @original + seq, @convention + seq, UNHEX(MD5(seq)), CONCAT('M', seq), @document, 2, @now
FROM seq_1_to_100000;
INSERT INTO history (convention_id, sequence, event, actor_name, actor_establishment, created_at,
                     address, document_id, detail, hash)
SELECT @convention + seq, 1, 'generate', 'Banc', 'Banc', @now, '127.0.0.1', @document, '',
       UNHEX(SHA2(seq, 256))
FROM seq_1_to_100000;

INSERT INTO message (public_id, name, to_address, to_name, subject, body_text, body_html,
                     attachment_document_id, attachment_name, convention_id, establishment_id,
                     state, attempts, error_key, last_error, created_at, sent_at)
SELECT UNHEX(MD5(CONCAT('message', seq))), 'convention-to-sign', 'ce@ecole.example', 'Banc',
       CONCAT('Convention de Zoé NOM', seq), 'Signez.', '<p>Signez.</p>', @document,
       'convention.pdf', @convention + seq, c.origin_id, IF(seq % 500 = 0, 'failed', 'sent'), 1,
       IF(seq % 500 = 0, 'mail-refused', ''), '', @now, IF(seq % 500 = 0, NULL, @now)
FROM seq_1_to_100000
JOIN convention c ON c.id = @convention + seq;

INSERT IGNORE INTO contact (owner_id, partner_id, uai, created_at)
SELECT owner.id, e.id, e.uai, @now
FROM establishment owner
JOIN establishment e ON e.id <> owner.id
WHERE owner.id IN (:host, :origin);

INSERT INTO account (email, name, password_hash, role, establishment_id, created_at)
SELECT CONCAT('banc', seq, '@ecole.example'), CONCAT('Secrétariat n° ', seq), '-', 'admin',
       @school + seq % 200, @now
FROM seq_1_to_400;
UPDATE establishment SET licence_ends_on = CURRENT_DATE - INTERVAL 30 DAY + INTERVAL id % 60 DAY
WHERE uai LIKE '%A';
ANALYZE TABLE establishment, placement, trainee, registration, convention, convention_original,
              history, message, contact, account;
