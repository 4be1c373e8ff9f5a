"""What somebody who makes or does a review must put right."""

from corpus.errors import IcatError


class ReviewError(IcatError):
    """A review that is not there, cannot be made or read, or a verdict that cannot be kept."""
