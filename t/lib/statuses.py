"""What a request is answered with, by role or side, where several cases of t/e2e/isolation.py agree."""

EVERYBODY = {"operator": 303, "foreign": 303, "origin": 303, "host": 303}
EVERYBODY_OF_SCHOOLS = {"foreign": 303, "origin": 303, "host": 303}
OF_HOST = {"foreign": 403, "origin": 403}
DRAFT = {"foreign": 404, "origin": 404}
EVERYWHERE = {"anonymous": 200, "operator": 200, "foreign": 200, "origin": 200, "host": 200}
FORM_REFUSED = {"operator": 422, "foreign": 422, "origin": 422, "host": 422}
NOT_IN_FORCE = {"operator": 409, "foreign": 409, "origin": 409, "host": 409}
NOWHERE = {"anonymous": 404, "operator": 404, "foreign": 404, "origin": 404, "host": 404}
MOVES_OF_HOST = {"origin": 403, "host": 303}
