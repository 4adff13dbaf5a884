"""How a command that burdens one person answers: with what it changed, with the act that waits, or with a refusal."""

from fastapi import Response

from onewindow_kit.adverse.act import Act
from onewindow_kit.adverse.acts import Acts
from onewindow_kit.adverse.problems import EvidenceNotConfirmed
from onewindow_kit.adverse.routes import told
from onewindow_kit.app import answer


def waiting(acts: Acts, act: Act) -> Response:
    """202 with the act that waits for a second unit or for the supervisor; the refusal of one that is refused.

    A refusal is answered, not raised: the attempt is committed, and stands in the person's record.
    """
    if act.state == "refused":
        return answer(EvidenceNotConfirmed(act=act.urn))
    return told(acts, act, 202)
