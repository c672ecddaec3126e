"""A second implementation of the rules of paging and deciding, to judge the first one by.

Written from the text of `docs/reference/semantics.md` alone, the sections marked ◆, and on
purpose plainly: time is an integer of seconds from declaration, every second is looked at, and
nothing is computed ahead. It shares the site's data model with the product and nothing else.
"""
