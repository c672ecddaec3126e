"""What Slack's refusals mean (https://docs.slack.dev/reference/methods: each method's errors)."""

from datetime import timedelta

from slack_sdk.errors import SlackApiError

from responder.ports.channel import Fate, Receipt

LATER = timedelta(seconds=30)
"""How long to wait after a 429 that does not say."""
OUR_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "org_login_required",
        "team_access_not_granted",
        "access_denied",
        "two_factor_setup_required",
    }
)
"""What is wrong with the app, not with whom it writes to: no way of anybody is dead for it."""
PERHAPS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack says of these that something may have been done."""
TOO_MANY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
UNREADABLE = (ValueError, TypeError, LookupError)
"""What an answer ends in that is no answer."""


def refused(error: SlackApiError, for_good: frozenset[str]) -> Receipt:
    """What a refusal comes to; `for_good` are the words that end this way."""
    code, status = code_of(error), _status(error)
    if status == 429 or code in TOO_MANY:
        return Receipt(Fate.RETRY_AFTER, reason="ratelimited", after=_pause(error), for_all=True)
    if code in OUR_TOKEN:
        return Receipt(Fate.REFUSED, reason=f"Slack refuses the app's token: {code}")
    if code in for_good:
        return Receipt(Fate.NEVER, reason=code)
    if status >= 500 or code in PERHAPS or not code:
        return Receipt(Fate.UNKNOWN, reason=code or f"Slack answered {status}")
    return Receipt(Fate.REFUSED, reason=code)


def code_of(error: BaseException) -> str:
    """Slack's word for what is wrong, which holds no name and no token; else the error's kind."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data = getattr(error.response, "data", None)
    code = data.get("error", "") if isinstance(data, dict) else ""
    return code if isinstance(code, str) and code.replace("_", "").isalnum() else ""


def _status(error: SlackApiError) -> int:
    found = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
    return int(found or 0)


def _pause(error: SlackApiError) -> timedelta:
    said = getattr(error.response, "headers", {}).get("Retry-After", "")
    return timedelta(seconds=int(said)) if said.isascii() and said.isdigit() else LATER
