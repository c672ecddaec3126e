"""Playbooks, the plan's life cycle and the year's training (7.1 R, l, ab, ac; 4.4)."""
