"""The face that pages, command line and notebooks share; none has a second copy of anything."""

from vitrail.workspace.annotations import Annotation
from vitrail.workspace.check_run import CheckRun
from vitrail.workspace.face import Workspace
from vitrail.workspace.importing import ControlReadiness, ImportReport
from vitrail.workspace.layout import Layout
from vitrail.workspace.private import PrivateOffer
from vitrail.workspace.sources import SourcesReport
from vitrail.workspace.views import SavedView

__all__ = [
    "Annotation",
    "CheckRun",
    "ControlReadiness",
    "ImportReport",
    "Layout",
    "PrivateOffer",
    "SavedView",
    "SourcesReport",
    "Workspace",
]
