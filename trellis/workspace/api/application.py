"""The API put together: its description, who may ask, and its errors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from trellis.accounts.access import Hidden
from trellis.core.open_pages import open_to_all
from trellis.core.problems import Problem
from trellis.workspace.api.problems import hidden, register_problems
from trellis.workspace.api.routes import router
from trellis.workspace.api.schemas import ProblemOut
from trellis.workspace.api.signed_in import SignedIn

View = Callable[..., HttpResponse]
NOT_THAT_WAY = 405
ALWAYS = {"401": "Not signed in", "403": "Your role does not permit it", "429": "Too many requests in a minute"}
WITH_PATH = {"404": "Hidden or missing: the two read the same"}
WITH_PARAMETERS = {"422": "Something in the request is wrong; `errors` says where"}
DESCRIPTION = (
    "Reads what the pages show, for whoever is signed in, as far as they may see it. Every reading is in the log. What"
    " an item's `handling` says travels with the item. Errors are problem documents (RFC 9457)."
)


class Api(NinjaAPI):
    """Says in its schema, too, which problems each operation answers with."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = ProblemOut.model_json_schema()
        for address in schema["paths"].values():
            for operation in address.values():
                done = {str(status): said for status, said in operation["responses"].items()}
                operation["responses"] = done | problems_of(operation)
        return schema


def problems_of(operation: dict[str, Any]) -> dict[str, Any]:
    places = {parameter["in"] for parameter in operation.get("parameters", [])}
    said = ALWAYS | (WITH_PATH if "path" in places else {})
    said |= WITH_PARAMETERS if "query" in places or "requestBody" in operation else {}
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": words, "content": body} for status, words in said.items()}


api = Api(
    title="Trellis",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    auth=SignedIn(),
    urls_namespace="api",
)
register_problems(api)
api.add_router("", router)


@open_to_all
@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """What the API can be asked. It holds nothing about anybody."""
    return JsonResponse(api.get_openapi_schema())


@csrf_exempt
@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"title": api.title, "version": api.version, "schema": reverse("api-schema")})


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is none answers as a hidden one does."""
    return hidden(request, Hidden("page"))


def says_problems(view: View) -> View:
    """A method that an address does not take is a problem document as well."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != NOT_THAT_WAY:
            return response
        refused = Problem(NOT_THAT_WAY)
        refused.headers["Allow"] = response.headers.get("Allow", "")
        return refused

    return answered


def _with_problems(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = says_problems(pattern.callback)
    return pattern


_ninja_urls, _ninja, _namespace = api.urls
urlpatterns = [
    path("", says_problems(index), name="api"),
    path("openapi.json", says_problems(schema), name="api-schema"),
    path("", ([_with_problems(pattern) for pattern in _ninja_urls], _ninja, _namespace)),
    path("<path:rest>", nothing_here, name="api-nothing"),
]
