"""Verbs about one's own emergency work card (应急工作卡片)."""

from responder.domain.words import Words
from responder.inbound.language.verb import Verb

CARDS = (
    Verb(
        "card",
        "工作卡",
        Words("我的应急工作卡片", "my emergency work card"),
        Words("工作卡", "card"),
        (),
        ("卡片", "我的工作卡", "工作卡片", "应急工作卡片", "my card", "work card"),
    ),
    Verb(
        "card received",
        "收到卡片",
        Words("签收应急工作卡片", "I received my work card"),
        Words("收到卡片", "card received"),
        (),
        ("已收到卡片", "收到工作卡", "签收卡片", "签收工作卡", "received card"),
    ),
)
