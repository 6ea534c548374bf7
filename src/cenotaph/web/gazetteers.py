"""Where a record's places come from: what to do when that gazetteer is another now, or gone."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.pipeline import SettingError, read, remedy, renewed
from cenotaph.web.held import Held, Work
from cenotaph.web.language import say
from cenotaph.web.pages import held_by, page
from cenotaph.web.security import authorise
from cenotaph.web.troubles import plainly
from cenotaph.web.view import View


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What to tell of a gazetteer, and whether all can be read with the one that is there."""

    code: str
    message: str
    renewable: bool


def otherwise(view: View) -> list[Otherwise]:
    """Return what to tell of gazetteers that the record was read with and are not there now.

    Where the message ends with a command, a button does the same here.
    """
    return [
        Otherwise(each.code, each.message.removesuffix(remedy(each.code)), bool(remedy(each.code)))
        for each in view.otherwise
    ]


async def renew(request: Request) -> Response:
    """Have all reports read again with the program's gazetteer as it is now."""
    await authorise(request)
    held = held_by(request)

    def again(work: Work) -> None:
        read_again(held, work)

    try:
        with held.exclusively():
            renewed(held.record)
            held.forget()
    except SettingError as error:
        return page(request, "refused.html", 409, message=plainly(str(error)))
    held.start(say("Reading all reports again"), again)
    return RedirectResponse("/working?next=/", 303)


def read_again(held: Held, work: Work) -> None:
    """Read every report with what is there now."""
    read(held.record, sources=held.sources(), done=work.advance)


ROUTES = [Route("/gazetteer/renew", renew, methods=["POST"])]
