"""The workbench. What each page may show is decided in the page itself, by its first statement."""

from vitrail.ui.navigation import serve

serve()
