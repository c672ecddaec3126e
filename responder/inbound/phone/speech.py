"""What is said on the telephone, as TwiML (https://www.twilio.com/docs/voice/twiml)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from twilio.twiml.voice_response import Gather, VoiceResponse

LISTENS_FOR = 8
"""Seconds for a key, after the last word."""
A_MOMENT = 2
"""Seconds of pause before the house is asked again."""

Aloud = Callable[[str, str], str]
"""A sentence as it is read out in a language: times and codes as words."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of Twilio's and the language it speaks; one that does not fit the other is silent."""

    name: str
    language: str

    @classmethod
    def parse(cls, written: str) -> "Voice":
        """`Polly.Zhiyu cmn-CN`."""
        name, _, language = written.partition(" ")
        return cls(name, language.strip())


@dataclass(frozen=True, slots=True)
class Speech:
    """Writes TwiML in the voices of the firm. The library escapes what people wrote."""

    voices: Mapping[str, Voice]
    aloud: Aloud

    def asks(self, language: str, said: str, action: str, again: str) -> str:
        """Say it at once, hear one key while saying it; without one, go to `again`."""
        response = VoiceResponse()
        keys = Gather(
            input="dtmf",
            num_digits=1,
            finish_on_key="",
            timeout=LISTENS_FOR,
            action=action,
            method="POST",
        )
        self._say(keys, language, said)
        response.append(keys)
        response.redirect(again, method="POST")
        return str(response)

    def ends(self, language: str, said: str) -> str:
        """Say it and hang up."""
        response = VoiceResponse()
        self._say(response, language, said)
        response.hangup()
        return str(response)

    def goes_on(self, language: str, said: str, to: str, pause: int = 0) -> str:
        """Say it and go on elsewhere."""
        response = VoiceResponse()
        self._say(response, language, said)
        if pause:
            response.pause(length=pause)
        response.redirect(to, method="POST")
        return str(response)

    def records(self, language: str, said: str, action: str, longest: int) -> str:
        """Say it and record until `#` or a silence."""
        response = VoiceResponse()
        self._say(response, language, said)
        response.record(
            action=action,
            method="POST",
            max_length=longest,
            timeout=5,
            finish_on_key="#",
            play_beep=True,
            trim="trim-silence",
        )
        return str(response)

    def connects(self, language: str, said: str, number: str, caller: str, action: str) -> str:
        """Say it and put the caller through."""
        response = VoiceResponse()
        self._say(response, language, said)
        dial = response.dial(caller_id=caller, timeout=25, action=action, method="POST")
        dial.number(number)
        return str(response)

    def _say(self, where: VoiceResponse, language: str, said: str) -> None:
        voice = self.voices["en" if language == "en" else "zh"]
        where.say(self.aloud(said, language), voice=voice.name, language=voice.language)
