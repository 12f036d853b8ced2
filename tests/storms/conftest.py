"""What storms stand on: the numbers of this run, a cluster of their own, and a house in it."""

from collections.abc import Callable, Iterator

import pytest

from tests.storms.cluster import Cluster
from tests.storms.house import PORTAL, House
from tests.storms.numbers import EVERYDAY, LONG, Numbers
from tests.storms.post_office import PostOffice


def numbers_of(config: pytest.Config) -> Numbers:
    return LONG if config.getoption("--long") else EVERYDAY


def said(config: pytest.Config) -> str:
    run = "the long run" if config.getoption("--long") else "the everyday run, a tenth of the rounds (--long: all)"
    return f"storms: {run}; {numbers_of(config).said()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.write_line(said(config))


@pytest.fixture(scope="session")
def numbers(pytestconfig: pytest.Config) -> Numbers:
    return numbers_of(pytestconfig)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("storms") / "var")
    yield cluster
    cluster.close()


@pytest.fixture(scope="session")
def house(cluster: Cluster) -> Iterator[House]:
    """The portal as it is, for every storm that kills nothing."""
    house = House(cluster, "house")
    yield house
    house.close()


@pytest.fixture(scope="module")
def build(cluster: Cluster) -> Iterator[Callable[..., House]]:
    """Builds further houses for one module: a name, an application, switches."""
    built: list[House] = []

    def one(name: str, application: str = PORTAL, **switches: str) -> House:
        built.append(House(cluster, name, application, **switches))
        return built[-1]

    yield one
    for house in built:
        house.close()


@pytest.fixture
def open_post_office(cluster: Cluster) -> Iterator[Callable[..., PostOffice]]:
    """Opens post offices for one test: a name, switches of its workers."""
    opened: list[PostOffice] = []

    def one(name: str, **switches: str) -> PostOffice:
        opened.append(PostOffice(cluster, name, **switches))
        return opened[-1]

    yield one
    for office in opened:
        office.close()
