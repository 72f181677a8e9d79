"""The playbooks as they ship; a house test calls the same tests with changed ones."""

import pytest

from icsgen.rules import Playbook
from tests.planning.cases import playbooks


@pytest.fixture(scope="session")
def books() -> dict[str, Playbook]:
    return playbooks()
