"""The sockets: what the house needs from the world, as protocols without a plug."""
