"""Errors: each wire code comes back as the error it was made of, and what is no error body is said to be none."""

import pytest

from sync.errors import Defect, Fault, KeyakiError
from sync.protocol import errors
from sync.protocol.errors import CODE_OF, WIRE_CODES, BadBody, ClockWrong, SeqGap, ServerBusy, error_body, error_from


@pytest.mark.parametrize("code", WIRE_CODES)
def test_every_code_travels_there_and_back(code: str):
    error = WIRE_CODES[code].error(code=code, expected=43, retry_s=7)
    status, body = error_body(error, "018f0000-0000-7000-8000-0000000000aa")
    assert status == WIRE_CODES[code].status
    assert body["error"]["code"] == code
    back = error_from(body)
    assert type(back) is WIRE_CODES[code].error
    assert back.facts == {"expected": 43, "retry_s": 7}


def test_every_error_that_travels_has_a_code_of_its_own():
    assert set(CODE_OF) == {entry.error for entry in WIRE_CODES.values()}
    assert CODE_OF[ServerBusy] == "BUSY"
    assert CODE_OF[SeqGap] == "SEQ_GAP"
    with pytest.raises(KeyError):
        error_body(ClockWrong(minutes=9), "")


@pytest.mark.parametrize("body", [None, [], "x", {"error": {}}, {"error": {"code": "NEW_ONE"}}, {"error": {"code": 4}}])
def test_what_is_no_error_body_is_a_bad_body(body: object):
    with pytest.raises(BadBody):
        error_from(body)


def test_every_kind_has_a_number_of_its_own_and_somebody_whose_turn_it_is():
    kinds = [item for item in vars(errors).values() if isinstance(item, type) and issubclass(item, KeyakiError)]
    numbers = [kind.NUMBER for kind in kinds]
    assert len(numbers) == len(set(numbers))
    assert Defect(assumed="x").fault is Fault.OURS
    assert str(SeqGap(expected=4)) == "E-3301 SeqGap {'expected': 4}"
