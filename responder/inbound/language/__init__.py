"""One language, many doors: what people type, whatever they type it into.

`parse` finds the verb, `fill` what it is about, `caution` what is to be confirmed first, `speak`
carries it out and answers. A door brings a line and who sent it, and shows the answer.
"""
