from client.shell.changes import Changes


def test_news_carries_the_types_that_changed_and_nothing_is_no_news(qtbot):
    changes = Changes()
    with qtbot.waitSignal(changes.changed) as seen:
        changes.announce(["one", "two", "one"])
    assert seen.args == [frozenset({"one", "two"})]
    with qtbot.assertNotEmitted(changes.changed):
        changes.announce([])
