"""People's names, places and the parts of addresses: what no pattern finds."""

from vitrail.detect.names.judge import NameJudge

__all__ = ["NameJudge"]
