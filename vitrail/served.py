"""The workbench as a browser meets it: Streamlit's page, told what it would find out by trying.

By itself it asks for the server below its own address before it asks above, waits a tenth of a
second in between, and fetches its part for each kind of element when the first of that kind has
come. Here the page says where the server is, and fetches these parts while the server works.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from vitrail.house import carried
from vitrail.kept_height import kept_heights

#: What nearly every page is made of, by Streamlit's names; the largest first.
_PARTS: Final = (
    "PlotlyChart", "DataFrame", "Html", "Selectbox", "TextInput", "Button", "PageLink",
    "DownloadButton", "DateInput",
)  # fmt: skip
#: For a host that knows its server: here it stands just above the page, also behind a proxy that
#: puts a prefix before both.
_SERVER: Final = """<script>
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", location.href).href,
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      }
    </script>
    """
#: What is shown stays where it is: the page and the list at its side are shown once they know their
#: places, the page beside its list; boxes of choices, tiles, lists, a digest and a tick are
#: kept a place of their height.
_STYLE: Final = """<style>
      :has(> [data-testid=stMain]):not(:has([data-testid=stElementContainer])),
      [data-testid=stSidebarUserContent]:has([data-testid=stSkeleton]) { visibility: hidden }
      [data-testid=stApp]:not([data-test-script-state=notRunning])
        :not([data-testid=stSidebar] ~ *):has(> [data-testid=stMain]) { visibility: hidden }
      .st-key-scope [data-testid=stSkeleton],
      .st-key-scope-more [data-testid=stSkeleton] { height: 4.25rem }
      .st-key-late [data-testid=stSkeleton] { height: 1.5rem }
      .st-key-digest [data-testid=stSkeleton] { height: 2.8125rem }
      HEIGHTS
    </style>
    """.replace("HEIGHTS", kept_heights())
#: The parts are run once the server was asked: until it answers, the browser has nothing to do.
_RUN: Final = """<script type="module">
      const waiting = setInterval(() => {
        if (!document.querySelector("[data-test-connection-state=CONNECTED]")) return
        clearInterval(waiting)
        for (const part of PARTS) import(part)
      }, 10)
    </script>
  """


def _page() -> str:
    """Streamlit's page with both, and our name on its tab from the start."""
    static = Path(file_util.get_static_dir())
    parts = [
        f"./static/js/{file.name}"
        for name in _PARTS
        for file in (static / "static" / "js").glob(f"{name}.*.js")
    ]
    fetched = (f'<link rel="modulepreload" crossorigin href="{part}">\n    ' for part in parts)
    head, programs, rest = (
        (static / "index.html")
        .read_text(encoding="utf-8")
        .replace("<title>Streamlit</title>", "<title>Vitrail</title>")
        .partition('<script type="module"')
    )
    run = _RUN.replace("PARTS", str(parts))
    return "".join(
        (head, _SERVER, _STYLE, *fetched, programs, rest.replace("</head>", f"{run}</head>", 1))
    )


def _routes() -> list[BaseRoute]:
    """The address of each page, and of the first; all else is Streamlit's."""
    page = _page()

    async def opened(_request: Request) -> Response:
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    names = sorted(file.stem for file in carried("pages").glob("*.py"))
    return [Route(f"/{name}", opened) for name in ("", *names)]


application: Final = st.App(carried("app.py"), routes=_routes())
