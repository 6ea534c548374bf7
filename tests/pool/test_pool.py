import gc
import multiprocessing
import os
import time

import pytest

from cenotaph.pool import Lost, Pool, ahead, ordered, streamed


def shouting():
    def work(payload):
        if payload == b"die":
            os._exit(9)
        if payload == b"hang":
            time.sleep(60)
        if payload.startswith(b"slow"):
            time.sleep(0.05)
        return payload.upper()

    return work


@pytest.mark.parametrize("size", [1, 2, 3])
def test_answers_come_in_the_order_of_the_payloads(size):
    payloads = [b"slow" if at % 7 == 0 else b"p%d" % at for at in range(100)]
    with Pool(shouting, size=size) as pool:
        assert list(ordered(pool, iter(payloads))) == [each.upper() for each in payloads]


def test_something_is_done_once_while_the_first_payloads_are_in_hand():
    done = []
    with Pool(shouting, size=2) as pool:
        given = ordered(
            pool, iter([b"a", b"b", b"c", b"d"]), meanwhile=lambda: done.append(pool.busy())
        )
        assert list(given) == [b"A", b"B", b"C", b"D"]
    assert done == [True]
    with Pool(shouting, size=2) as pool:
        assert list(ordered(pool, iter(()), meanwhile=lambda: done.append(True))) == []
    assert done == [True]


@pytest.mark.parametrize("size", [1, 2])
def test_a_worker_that_dies_takes_one_payload_with_it(size):
    payloads = [b"a", b"die", b"b", b"die", b"c"]
    with Pool(shouting, size=size) as pool:
        answers = list(ordered(pool, iter(payloads)))
    assert [each if isinstance(each, bytes) else each.payload for each in answers] == [
        b"A", b"die", b"B", b"die", b"C",
    ]  # fmt: skip


def test_a_payload_that_takes_too_long_is_given_up_and_the_next_is_not():
    with Pool(shouting, size=1, limit=0.3) as pool:
        first, lost, last = ordered(pool, iter([b"a", b"hang", b"b"]))
    assert (first, last) == (b"A", b"B")
    assert isinstance(lost, Lost)
    assert "0 seconds" in lost.reason


def passed_over():
    return lambda payload: str(gc.get_freeze_count()).encode()


def test_what_the_first_answer_has_loaded_is_not_looked_through_again():
    with Pool(passed_over, size=1) as pool:
        first, second, third = map(int, ordered(pool, iter([b"a", b"b", b"c"])))
    # A worker begins with what its process had left out before.
    assert first < second == third


def test_payloads_larger_than_a_pipe_pass():
    payloads = [bytes([65 + at]) * 3_000_000 for at in range(4)]
    with Pool(shouting, size=2) as pool:
        assert list(ordered(pool, iter(payloads))) == payloads


def test_nothing_in_nothing_out():
    with Pool(shouting) as pool:
        assert list(ordered(pool, iter([]))) == []


def test_the_answer_to_a_line_does_not_wait_for_the_next_line():
    with Pool(shouting, size=1) as pool:
        # The worker comes first: forked later, it would hold the pipe open.
        assert list(ordered(pool, iter([b"x"]))) == [b"X"]
        reading, writing = os.pipe()
        answers = streamed(pool, reading, bytes)
        for line in (b"one", b"two", b"three"):
            os.write(writing, line + b"\n")
            assert next(answers) == line.upper()
        os.write(writing, b"last without an end")
        os.close(writing)
        assert list(answers) == [b"LAST WITHOUT AN END"]
    os.close(reading)


def test_one_slow_line_before_many_fast_ones_stops_nothing(tmp_path):
    path = tmp_path / "lines"
    wanted = [b"slow" if at % 60 == 0 else b"p%d" % at for at in range(300)]
    path.write_bytes(b"".join(line + b"\n" for line in wanted))
    descriptor = os.open(path, os.O_RDONLY)
    with Pool(shouting, size=2) as pool:
        assert list(streamed(pool, descriptor, bytes)) == [each.upper() for each in wanted]
    os.close(descriptor)


def test_no_process_is_left_behind():
    with Pool(shouting, size=2) as pool:
        answers = ordered(pool, iter([b"slow"] * 50))
        next(answers)
        workers = [worker.process for worker in pool._workers]
    assert workers
    assert not any(process.is_alive() for process in workers)


def test_a_worker_that_was_started_ahead_is_taken_by_the_first_pool(tmp_path):
    with ahead((tmp_path / "prepared").mkdir), Pool(shouting, size=2) as pool:
        assert list(ordered(pool, iter([b"a", b"die", b"b"])))[::2] == [b"A", b"B"]
    assert (tmp_path / "prepared").exists()


def test_a_fault_in_what_is_done_ahead_costs_no_work():
    with ahead(lambda: int("none")), Pool(shouting, size=1) as pool:
        assert list(ordered(pool, iter([b"a"]))) == [b"A"]


def test_a_worker_that_nobody_took_ends():
    with ahead(lambda: time.sleep(600)):
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()
    with Pool(shouting, size=1) as pool:
        assert list(ordered(pool, iter([b"a"]))) == [b"A"]
