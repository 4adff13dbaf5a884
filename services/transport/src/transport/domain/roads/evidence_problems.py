"""Why a file is no evidence, each with its stable code; the contract lists them."""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class EvidenceEmpty(Conflict):
    code, title = "evidence-empty", "The file is empty"
    remedy = "Choose a picture."


class EvidenceNotBase64(Conflict):
    code, title = "evidence-not-base64", "The content is not base64"
    remedy = "Encode the file as RFC 4648 section 4 says."


class EvidenceTooLarge(Conflict):
    code, title = "evidence-too-large", "The picture is larger than a report may carry"
    remedy = "Compress it; the dated parameter transport.evidence-most-bytes sets the limit."


class EvidenceTypeUnknown(Conflict):
    code, title = "evidence-type-unknown", "Only JPEG, PNG and WebP pictures are accepted"
    remedy = "Convert it to one of these."


class EvidenceIsFilm(Conflict):
    code, title = "evidence-is-film", "Films are not accepted"
    remedy = "Take stills from the film and hand those in."


class EvidenceNotAsClaimed(Conflict):
    code, title = "evidence-not-as-claimed", "The content is not of the type that the file is said to be"
    remedy = "State the type that the content really has."


class EvidenceMoreThanPicture(Conflict):
    code, title = "evidence-more-than-picture", "The file holds something else behind its picture"
    remedy = "Hand in the picture alone, e.g. exported anew."


class EvidenceDamaged(Conflict):
    code, title = "evidence-damaged", "The picture is cut off or cannot be decoded"
    remedy = "Export it again and hand in the whole file."


class EvidenceDimensions(Conflict):
    code, title = "evidence-dimensions", "The picture has more pixels than a report may carry"
    remedy = "Scale it down; the dated parameters transport.evidence-most-side and transport.evidence-most-pixels set the limit."
