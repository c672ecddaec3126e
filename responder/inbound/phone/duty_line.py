"""A call to us: somebody we know reports an event, reaches the duty lead, or hears the state."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from responder.commands.command import Reply
from responder.commands.paging.duty_line import (
    ReportByVoice,
    duty_numbers,
    firm_name,
    person_calling,
    state_spoken,
)
from responder.domain.people import Person
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.language.refusing import in_a_line
from responder.inbound.language.speak import House
from responder.inbound.phone.form import Form
from responder.inbound.phone.speech import Speech
from responder.inbound.phone.words import (
    CHOICES,
    CONNECTING,
    GOODBYE,
    NOT_CONNECTED,
    NOTHING_SAID,
    SPEAK,
    STRANGER,
    WELCOME,
)
from responder.inbound.refusals import Refusals
from responder.ports.phone import TWILIO
from responder.ports.unit_of_work import UnitOfWork

DOOR = "phone"
LONGEST_REPORT = 60
MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Answers the firm's number. `number` is what it shows when it puts a caller through."""

    house: House
    speech: Speech
    base: str
    number: str
    refusals: Refusals

    async def welcome(self, form: Form) -> str:
        """Say the choices to somebody known."""
        return await asyncio.to_thread(self._welcome, form)

    async def chosen(self, form: Form) -> str:
        """Do what the key stands for."""
        return await asyncio.to_thread(self._chosen, form)

    async def recorded(self, form: Form) -> str:
        """A report was spoken: raise the warning."""
        return await asyncio.to_thread(self._recorded, form)

    async def dialled(self, form: Form) -> str:
        """A connection ended, or did not come about: try the next."""
        return await asyncio.to_thread(self._dialled, form)

    def _caller(self, form: Form) -> Person | None:
        return self.house.read(lambda uow, _: person_calling(uow, form["From"]))

    def _welcome(self, form: Form) -> str:
        caller = self._caller(form)
        if caller is None:
            return self._stranger()
        if form.count("n") >= MOST_READINGS:
            return self.speech.ends(caller.language, GOODBYE.said(caller.language))
        name = self.house.read(lambda uow, _: firm_name(uow)).said(caller.language)
        return self._asks(caller, WELCOME.said(caller.language).format(firm=name), form.count("n"))

    def _asks(self, caller: Person, first: str, reading: int = 0) -> str:
        language = caller.language
        said = first + CHOICES.said(language)
        again = self._at("voice", n=reading + 1)
        return self.speech.asks(language, said, self._at("gather", d=1), again)

    def _stranger(self) -> str:
        """Refused in both languages; no number goes on the record."""
        self.refusals.note("call", "the number is nobody's, or more than one person's")
        return self.speech.ends("zh", STRANGER.zh + STRANGER.en)

    def _chosen(self, form: Form) -> str:
        caller = self._caller(form)
        if caller is None:
            return self._stranger()
        language = caller.language
        match form["Digits"][:1]:
            case "1":
                said, action = SPEAK.said(language), self._at("recorded")
                return self.speech.records(language, said, action, LONGEST_REPORT)
            case "2":
                return self._connect(caller, 0)
            case "3":
                state: Words = self.house.read(lambda uow, _: state_spoken(uow, TWILIO))
                return self._asks(caller, state.said(language))
            case _:
                return self._asks(caller, "")

    def _recorded(self, form: Form) -> str:
        caller = self._caller(form)
        if caller is None:
            return self._stranger()
        language, seconds = caller.language, form["RecordingDuration"]
        if not form["RecordingSid"] or not seconds.isdecimal() or seconds == "0":
            return self._asks(caller, NOTHING_SAID.said(language))
        report = ReportByVoice(
            by=By(caller.id, DOOR), recording=form["RecordingSid"], seconds=int(seconds)
        )
        try:
            reply: Reply = self.house.execute(report)
        except ResponderError as error:
            return self._asks(caller, in_a_line(error.said(language)))
        said = in_a_line(reply.said.said(language))
        return self.speech.ends(language, said + GOODBYE.said(language))

    def _dialled(self, form: Form) -> str:
        caller = self._caller(form)
        if caller is None:
            return self._stranger()
        if form["DialCallStatus"] == "completed":
            return self.speech.ends(caller.language, GOODBYE.said(caller.language))
        return self._connect(caller, form.count("p"))

    def _connect(self, caller: Person, place: int) -> str:
        """Put the caller through to the duty lead, else the backup."""

        def look(uow: UnitOfWork, now: datetime) -> list[tuple[Person, str]]:
            return duty_numbers(uow, now, caller.id)

        language, numbers = caller.language, self.house.read(look)
        if place >= len(numbers):
            return self._asks(caller, NOT_CONNECTED.said(language))
        person, number = numbers[place]
        said = CONNECTING.said(language).format(name=person.name.said(language) or person.id)
        action = self._at("dialled", p=place + 1)
        return self.speech.connects(language, said, number, self.number, action)

    def _at(self, door: str, **ours: int) -> str:
        return f"{self.base}/{door}" + (f"?{urlencode(ours)}" if ours else "")
