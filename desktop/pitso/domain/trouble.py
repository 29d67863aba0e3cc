"""What went wrong for reasons outside the program, told in words that a person can act on."""


class Trouble(Exception):
    """A fault of the data, the disk or a person: what happened, and what to do next.

    Both are whole sentences in the reader's language. Every other exception is a bug of ours.
    """

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(f"{happened} {remedy}")
        self.happened = happened
        self.remedy = remedy
