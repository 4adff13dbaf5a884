"""A purge throws away what an instance made, and nobody else's folder."""

from onewindow_local.testing import Commands


def test_a_folder_that_is_no_instance_keeps_everything(spare: Commands) -> None:
    key = spare.folder / "keys" / "mine"
    key.parent.mkdir(parents=True)
    key.write_text("not an instance's")
    refused = spare("down", "--purge")
    assert refused.returncode == 1
    assert "no instance's folder" in refused.stdout + refused.stderr
    assert key.read_text() == "not an instance's"
    (spare.folder / "lock").touch()
    assert spare("down", "--purge").returncode == 0
    assert not spare.folder.exists()
