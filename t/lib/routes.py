"""The routes of src/pages/routes.def, so that tests cannot forget one."""
import collections
import os
import re

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

Route = collections.namedtuple("Route", "name method path guard")


def routes():
    """Every row, in the order of the file."""
    with open(os.path.join(SOURCE, "src", "pages", "routes.def"), encoding="utf-8") as file:
        rows = re.findall(r'^ROUTE\((\w+),\s*(\w+),\s*"([^"]*)",\s*(\w+),', file.read(), re.M)
    return [Route(*row) for row in rows]
