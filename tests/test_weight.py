"""What the design promises of weight is held; what it promises of time is measured, by ``make measure``."""

from __future__ import annotations

from tests.measure import installed_size, worker_memory

INSTALLED = 80  # megabytes on disk
RESIDENT = 90  # megabytes in memory, both platforms connected
GROWTH = 5  # megabytes from idle to the last of many questions


def test_the_installed_size_is_held() -> None:
    assert installed_size() < INSTALLED


async def test_the_worker_fits_a_small_server_and_stays_flat() -> None:
    idle, after = await worker_memory(questions=200)
    assert after < RESIDENT
    assert after - idle < GROWTH
