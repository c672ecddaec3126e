"""What hatchling cannot say in pyproject.toml: the sample site goes into real wheels only."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SAMPLE = ("responder.toml", "contacts", "playbooks", "templates")


class SampleSite(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own type parameter
    """Packs the checkout's sample site as responder/sample/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update({one: f"responder/sample/{one}" for one in SAMPLE})
