"""Telegram (Bot API): private chats, and in the firm's group a topic an incident with one card.

https://core.telegram.org/bots/api. A request carries no mark of ours and a bot cannot read what it
sent: after a doubt nobody can be asked, and what is sent again may arrive twice (P3). The token is
part of every address, so no error passes that might hold one.
"""
