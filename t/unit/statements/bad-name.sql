-- expected: 2: "Placement_List" is no name: small letters, digits and _
-- name: Placement_List :exec
DELETE FROM placement;
