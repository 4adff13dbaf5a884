"""The store of one node: shared by its processes, whatever happens to one of them."""

import os
import signal
import subprocess
import sys

import pytest
from onewindow_kit.dpop import Seen
from onewindow_kit.node import Node

OTHER = """
import sys
from onewindow_kit.dpop import Seen
from onewindow_kit.node import Node
with Node(sys.argv[1]) as node:
    seen = Seen(node)
    for line in sys.stdin:
        print(seen.first("key", line.strip(), 1_800_000_000), flush=True)
"""


@pytest.fixture
def other(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def ask(process, jti):
    process.stdin.write(f"{jti}\n")
    process.stdin.flush()
    return process.stdout.readline().strip() == "True"


def test_what_one_process_has_seen_every_other_has(tmp_path, other):
    with Node(tmp_path) as node:
        seen = Seen(node)
        assert seen.first("key", "proof-1", 1_800_000_000)
        assert not ask(other, "proof-1")
        assert ask(other, "proof-2")
        assert not seen.first("key", "proof-2", 1_800_000_000)


def test_a_killed_process_loses_nothing_and_holds_up_nobody(tmp_path, other):
    with Node(tmp_path) as node:
        assert ask(other, "proof-1")
        os.kill(other.pid, signal.SIGKILL)
        other.wait(5)
        assert not Seen(node).first("key", "proof-1", 1_800_000_000)
    with Node(tmp_path) as node:
        assert not Seen(node).first("key", "proof-1", 1_800_000_000), "kept across restarts"


def test_a_damaged_file_is_begun_anew(tmp_path):
    with Node(tmp_path) as node:
        Seen(node).first("key", "proof-1", 1_800_000_000)
    (tmp_path / "store" / "data.mdb").write_bytes(b"rubbish" * 4096)
    with Node(tmp_path) as node:
        assert Seen(node).first("key", "proof-1", 1_800_000_000)


def test_it_is_not_used_before_it_is_open(tmp_path):
    with pytest.raises(RuntimeError, match="lifespan"):
        Seen(Node(tmp_path)).first("key", "proof-1", 1_800_000_000)


def test_what_fails_in_a_transaction_leaves_nothing(tmp_path):
    with Node(tmp_path) as node:
        database = node.database("usage")
        with pytest.raises(ZeroDivisionError), node.write() as transaction:
            transaction.put(b"a", b"1", db=database)
            raise ZeroDivisionError
        with node.read() as transaction:
            assert transaction.get(b"a", db=database) is None
