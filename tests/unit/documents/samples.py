"""The house's sample messages, and where the sample site's templates are."""

from pathlib import Path

from responder.documents.samples import COMMON, OWN
from responder.documents.samples import sample as message

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "messages"
VIAS = ("voice", "sms", "slack", "telegram", "email", "by_hand")
LANGUAGES = ("zh", "en")

__all__ = ["COMMON", "LANGUAGES", "OWN", "TEMPLATES", "VIAS", "message"]
