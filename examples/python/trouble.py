"""The three ways in which a call can fail, because each has its own way out."""


class Trouble(Exception):
    """Something stands in the way of an account's work; the rest of the job goes on."""


class Unavailable(Trouble):
    """It passes by itself: the same work is tried again later."""


class Refused(Trouble):
    """The service will not do this for us, however often we ask."""


class GrantEnded(Trouble):
    """The grant is over: only its owner can give a new one."""
