import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Small matrices gain nothing from threads, and tests run side by side."""
    with threadpool_limits(1):
        yield
